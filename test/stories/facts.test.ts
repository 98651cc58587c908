import { describe, expect, test } from 'vitest'
import { factsIn } from '../../src/stories/rules/facts/facts-in.ts'

type Row = [sentence: string, facts: string[]]

const told = (sentence: string): string[] => factsIn(sentence).map(({ role, value }) => `${role}: ${value}`)

const kinds: Record<string, Row[]> = {
  'weapons that were launched and shot down': [
    ['The north fired 40 rockets at Lira.', ['launched: 40']],
    ['Over 30 Kh-22 and Kalibr cruise missiles were launched at the port.', ['launched: Over 30']],
    ['The navy launched six missiles and about 20 drones.', ['launched: six', 'drones launched: about 20']],
    ['The army attacked the depot with twelve drones.', ['drones launched: twelve']],
    ['A swarm of 50 drones flew over Lira.', ['drones launched: 50']],
    ['Some 300 drones targeted the coast overnight.', ['drones launched: Some 300']],
    ['Air defences shot down 17 missiles and nine Shahed-136 drones.', ['shot down: 17', 'drones shot down: nine']],
    ['Eight missiles and 14 drones were destroyed.', ['shot down: Eight', 'drones shot down: 14']],
    ['Gunners destroyed 25 of 31 drones.', ['drones shot down: 25', 'drones launched: 31']],
    ['Of 28 missiles the gunners downed 21.', ['shot down: 21']],
    ['Thirty of the 40 drones were shot down.', ['drones shot down: Thirty', 'drones launched: 40']],
    ['They downed 9 out of 12 missiles.', ['shot down: 9', 'launched: 12']],
    ['Ships intercepted four missiles launched from the south.', ['shot down: four']],
    ['Of 60 drones launched on Monday, 41 were shot down.', ['drones launched: 60', 'drones shot down: 41']],
    ['Five unmanned aerial vehicles were downed.', ['drones shot down: Five']],
    ['Three drones hit the refinery.', ['hits: Three']],
    ['The fleet has 30 Kalibr missiles left.', ['remaining: 30 Kalibr missiles']],
    ['The army used two thirds of its missiles.', ['used: two thirds of its missiles']],
  ],
  'dead, wounded, missing': [
    ['At least 15 people were killed and 40 injured.', ['killed: At least 15', 'wounded: 40']],
    ['Shelling kills six, wounds 11 in Lira', ['killed: six', 'wounded: 11']],
    ['Raid leaves 12 dead and dozens missing', ['killed: 12', 'missing: dozens']],
    ['The blast killed two nurses and hurt 30 others.', ['killed: two', 'wounded: 30']],
    ['One man was killed in Lira.', ['killed: One']],
    ['The floods resulted in the deaths of 70 people.', ['killed: 70']],
    ['The death toll rose to 1,204.', ['killed: 1,204']],
    ['The number of wounded stands at 90.', ['wounded: 90']],
    ['Forty-one soldiers died.', ['killed: Forty-one']],
    ['Nine of the miners are in hospital.', ['wounded: Nine']],
    ['The clashes cost the brigade 300 killed and wounded.', ['casualties: 300']],
    ['Twenty people, including four children, were hurt.', ['wounded: Twenty']],
    ['Six people — among them a child — were killed.', ['killed: Six']],
  ],
  'power, damage and shares': [
    ['More than two million homes lost power.', ['without power: More than two million homes']],
    ['The storm left a third of Lira without electricity.', ['without power: a third of Lira']],
    ['60% of the city is without heat, water and light.', ['without power: 60% of the city']],
    ['Engineers restored power to 80,000 customers.', ['reconnected: 80,000 customers']],
    ['Storm knocks out power to 54,000 homes', ['without power: 54,000 homes']],
    ['Some 5,000 households were reconnected.', ['reconnected: Some 5,000 households']],
    ['The raids put nearly half of the grid out of action.', ['share: nearly half of the grid']],
    [
      'Some 40 per cent of the generating capacity has been destroyed.',
      ['share: Some 40 per cent of the generating capacity'],
    ],
    ['Seven schools and 90 houses were damaged.', ['damaged: Seven schools', 'damaged: 90 houses']],
    ['The quake destroyed 45 buildings.', ['destroyed: 45 buildings']],
  ],
  'people on the move': [
    ['The militia deported 350 children from Lira.', ['moved: 350']],
    ['Some 12,000 residents were evacuated on Friday.', ['moved: Some 12,000']],
    ['Officials speak of 2,000 to 3,000 deported families.', ['moved: 2,000 to 3,000']],
    ['Soldiers forced 60 villagers onto trucks.', ['moved: 60']],
    ['The war displaced between 4,000 and 6,000 people.', ['displaced: between 4,000 and 6,000']],
    ['Tens of thousands fled the delta.', ['displaced: Tens of thousands']],
    ['Three to four million people may have to leave their homes.', ['displaced: Three to four million']],
    ['Thousands remain displaced after the flood.', ['displaced: Thousands']],
    ['About 900 refugees returned to Lira.', ['returned: About 900']],
    ['Police arrested 33 protesters.', ['detained: 33']],
    ['Of the 30 hostages, 18 were released.', ['released: 18']],
    ['The rebels released 18 hostages.', ['released: 18']],
    ['Lira is host to 400,000 refugees.', ['people: 400,000 refugees']],
    ['Of those, 70,000 people need food aid.', ['people: 70,000 people']],
  ],
  'figures of nothing that is counted here': [
    ['On 15 November and again on November 17 the plant was shelled.', []],
    ['The attack at 12:30 lasted two hours.', []],
    ['A 34-year-old man and Petra Sol, 61, were arrested.', []],
    ['Troops advanced 12 kilometres and lost a Su-35 and two 155mm guns.', []],
    ['Lira pays $40 million for a Patriot.', []],
    ['Lira asked for talks under Article 4 of the treaty.', []],
    ['The bonus rises from 20 to 50 per cent.', []],
    ['In 2022 the 7th brigade stood there.', []],
    ['A magnitude 7 quake shook Lira.', []],
    ['The town demands the return of 50 children.', []],
    ['The army needs to mobilise 300,000 soldiers.', []],
    ['Eight per cent of the people have access to electricity.', []],
    ['Lira agrees to take 1,200 deportees.', []],
    ['A third of those who crossed are children.', []],
    ['One milblogger claimed that the bridge stands.', []],
    ['Lira sent no missiles.', []],
  ],
}

describe.each(Object.entries(kinds))('%s', (_, rows) => {
  test.each(rows)('%s', (sentence, facts) => expect(told(sentence)).toEqual(facts))
})

test('a fact has its numbers, what it counts and how it is hedged', () => {
  const [fact] = factsIn('About 1.5 million homes lost power.')
  expect(fact).toMatchObject({ low: 1_500_000, high: 1_500_000, unit: 'homes', bound: 'about' })
  expect(factsIn('The army deported 6,000 to 8,000 children.')[0]).toMatchObject({ low: 6_000, high: 8_000 })
  expect(factsIn('Two to three million people fled.')[0]).toMatchObject({ low: 2_000_000, high: 3_000_000 })
  expect(factsIn('Half of Lira is without power.')[0]).toMatchObject({ low: 0.5, high: 0.5, unit: 'share' })
  expect(factsIn('Dozens were wounded.')[0]).toMatchObject({ low: 24, high: 99, unit: null })
  expect(factsIn('Up to 60 soldiers were killed.')[0]).toMatchObject({ bound: 'up to', unit: 'soldiers' })
})

describe('the speaker of a fact', () => {
  const speakers = (text: string, speaker?: string) => factsIn(text, speaker).map((fact) => fact.speaker)

  test('is named in its clause', () => {
    const text =
      'The army said that 90 missiles were launched, and the mayor of Lira said that five people were killed.'
    expect(speakers(text)).toEqual(['the army', 'the mayor of Lira'])
  })
  test('is the one of the clause before where its own names none', () => {
    expect(speakers('The mayor said that two people died, but half of Lira is without power.')).toEqual([
      'the mayor',
      'the mayor',
    ])
  })
  test('may stand behind', () => {
    expect(speakers('Six people were killed and nine wounded, the governor said.')).toEqual([
      'the governor',
      'the governor',
    ])
  })
  test('is not the one of a clause behind that tells something else', () => {
    expect(speakers('Six people were killed, as the mayor warned of rain.')).toEqual([null])
  })
  test('is the given one where the text names nobody', () => {
    expect(speakers('Six people were killed.', 'the police')).toEqual(['the police'])
    expect(speakers('Six people were killed, he said.', 'Petra Sol')).toEqual(['Petra Sol'])
  })
  test('is nobody where only another sentence names the given one', () => {
    expect(speakers('The police said the road is open. Six people were killed.', 'the police')).toEqual([null])
  })
})

test('a figure that a title and its sentence tell alike is one fact', () => {
  expect(told('Quake kills 30 people. A quake killed 30 people in Lira.')).toEqual(['killed: 30'])
})
