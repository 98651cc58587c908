import { expect, test } from 'vitest'
import { alertChange } from '../../src/editions/rules/alert-change.ts'
import { pausedUntil } from '../../src/editions/rules/alert-pause.ts'
import { asAlerted } from '../../src/editions/rules/as-alerted.ts'
import { planStories } from '../../src/editions/rules/briefing/plan-briefing.ts'
import type { ToldClaim } from '../../src/editions/rules/briefing/story.ts'
import { factsIn } from '../../src/stories/rules/facts/facts-in.ts'
import { struckPlacesIn } from '../../src/stories/rules/struck-places.ts'
import { claimsOf } from './mails.ts'
import { closedAt, matchedTakeaway } from './matched-takeaways.ts'

const toldOf = (text: string, story = 1): ToldClaim => ({
  edition: 1,
  title: '',
  story,
  thread: 1,
  text,
  facts: factsIn(text),
  at: closedAt.subtract({ hours: 2 }),
  dated: closedAt.subtract({ hours: 3 }),
  isAlert: true,
})

type Told = { of?: number; isShort?: boolean; kind?: 'stated' | 'extracted'; title?: string; via?: 'story' }

/** What a claim of the story 1 is to readers who were told these sentences of it; `of` is the story of those. */
function changeOf(
  now: string,
  before: string[],
  { of = 1, isShort = false, kind = 'stated', title = '', via }: Told = {},
) {
  const takeaway = matchedTakeaway({ text: now, kind })
  if (via) for (const match of takeaway.matches) match.via = via
  const own = { ...takeaway, item: { ...takeaway.item, title }, story: 1 }
  const claims = claimsOf([own]).map((claim) => ({ ...claim, isShort }))
  const told = before.map((text) => toldOf(text, of))
  const [story] = planStories(claims, told)
  return alertChange(story!, told)
}

const killed = (n: string) => `The strike on the power plant of Dara killed ${n} people.`

test('more dead change a story, and the same or fewer do not', () => {
  expect(changeOf(killed('five'), [killed('three')])).toBe('dead')
  expect(changeOf(killed('three'), [killed('five')])).toBeNull()
  expect(changeOf('Three people died at the power plant of Dara.', [killed('three')])).toBeNull()
})

test('a figure of scale changes a story when it is more than a tenth larger, and no vague one does', () => {
  const dark = (n: string) => `The strike on the power plant of Dara left ${n} homes without electricity.`
  expect(changeOf(dark('9,000'), [dark('8,000')])).toBe('scale')
  expect(changeOf(dark('8,500'), [dark('8,000')])).toBeNull()
  expect(changeOf(dark('thousands of'), ['The strike on Dara cut off homes without electricity.'])).toBeNull()
})

test('a new state changes a story once', () => {
  const [hit, denied] = ['Missiles hit the power plant of Dara.', 'The ministry denied a strike on the power plant.']
  expect(changeOf(denied, [hit])).toBe('status')
  expect(changeOf('Officials deny the strike.', [hit, denied])).toBeNull()
})

test('words of a denial or of an agreement in another sense are no new state', () => {
  const told = ['Missiles hit the power plant of Dara.']
  expect(changeOf('Freedoms are denied under its rule.', told)).toBeNull()
  expect(changeOf('The ministry denied her entry to the power plant.', told)).toBeNull()
  expect(changeOf('The mayor agreed to open the school.', told)).toBeNull()
  expect(changeOf('Both sides agreed on a prisoner exchange deal.', told)).toBe('status')
  expect(changeOf('Both sides announced a ceasefire at the power plant.', told)).toBe('status')
})

test('a story is disputed where a source denies it or both sides blame each other', () => {
  const isDisputed = (text: string) =>
    planStories(claimsOf([{ ...matchedTakeaway({ text }), story: 1 }]), [])[0]!.isDisputed
  expect(isDisputed('The ministry rejected the claims of a strike.')).toBe(true)
  expect(isDisputed('Both armies blamed each other.')).toBe(true)
  expect(isDisputed('The mayor accused the army of the strike.')).toBe(false)
  expect(isDisputed('The blameless mayor was denied under the law.')).toBe(false)
})

test('another place or a later day is an event of its own', () => {
  const told = ['Missiles hit the power plant in Dara on 20 November.']
  expect(changeOf('Missiles hit a depot in Lorn.', told)).toBe('new')
  expect(changeOf('Missiles hit a depot in Dara.', told)).toBeNull()
  expect(changeOf('Drones struck a depot in Sudan.', ['Drones struck a depot in Khartoum.'])).toBeNull()
  expect(changeOf('Missiles hit the plant on 22 November.', told)).toBe('new')
})

test('the days of claims go by the dates of the claims: that of the report, or of the edit that brought them', () => {
  const at = (time: string) => Temporal.Instant.from(`2026-11-${time}:00Z`)
  const told = (text: string, dated: string, mailed: string) => ({ ...toldOf(text), dated: at(dated), at: at(mailed) })
  const changeAt = (text: string, dates: { publishedAt: Temporal.Instant; editedAt: Temporal.Instant | null }) => {
    const takeaway = matchedTakeaway({ text })
    const claims = claimsOf([{ ...takeaway, item: { ...takeaway.item, ...dates }, story: 1 }])
    const before = [
      told('Missiles hit the plant on 22 November.', '22T20:00', '22T20:10'),
      told('Missiles hit the plant on Tuesday.', '23T23:50', '24T07:00'),
    ]
    return alertChange(planStories(claims, before)[0]!, before)
  }
  const onMonday = 'Drones hit the plant on Monday.'
  expect(changeAt(onMonday, { publishedAt: at('24T08:00'), editedAt: null })).toBe('new')
  expect(changeAt(onMonday, { publishedAt: at('12T08:00'), editedAt: at('24T08:00') })).toBe('new')
  expect(changeAt(onMonday, { publishedAt: at('12T08:00'), editedAt: null })).toBeNull()
})

test('a story apart from what was told of its thread is new by a deed, or by a report that tells it alone', () => {
  const told = ['Missiles hit the power plant in Dara.']
  const half = 'Half of the power system does not work, the premier says.'
  expect(changeOf('Drones struck the grid once more.', told, { of: 2 })).toBe('new')
  expect(changeOf(half, told, { of: 2, isShort: true })).toBe('new')
  expect(changeOf(half, told, { of: 2 })).toBeNull()
})

test('a deed in a story of which only a digest told is alerted', () => {
  const text = 'Missiles hit the power plant once more.'
  const [now] = claimsOf([{ ...matchedTakeaway({ text }), story: 1 }])
  const told = (isAlert: boolean) => [{ ...toldOf('Drones struck a substation.'), isAlert }]
  const change = (before: ToldClaim[]) => planStories([now!], before).map((story) => alertChange(story, before))
  expect([change(told(false)), change(told(true))]).toEqual([['new'], [null]])
})

test('what only tells of the past interrupts nobody', () => {
  const told = ['Drones hit a warehouse in Dara.']
  expect(changeOf('In the night of 24 July drones hit a warehouse in Lorn.', told)).toBeNull()
  expect(changeOf('Explosions in 2022 destroyed the pipeline.', told)).toBeNull()
})

test('what stands deep in a report, or below a title that asks, interrupts nobody', () => {
  const hit = 'Drones hit the power plant of Dara.'
  expect(changeOf(hit, [], { kind: 'extracted' })).toBeNull()
  expect(changeOf(hit, [])).toBe('new')
  const inShort = (title: string) => changeOf(hit, [], { kind: 'extracted', isShort: true, title })
  expect(inShort('Why is Vardania hitting power plants?')).toBeNull()
  expect(inShort('Briefing, 17 May')).toBe('new')
})

test('a toll that is on no topic raises that of its story, and begins none', () => {
  const via = 'story'
  expect(changeOf(killed('five'), [killed('three')], { via })).toBe('dead')
  expect(changeOf(killed('five'), [], { via })).toBeNull()
  expect(changeOf('Drones hit Lorn on Sunday.', ['Drones hit Dara on Saturday.'], { via, of: 2 })).toBeNull()
})

test('what only goes on, is used up or is repaired interrupts nobody', () => {
  expect(changeOf('Six thousand homes in Dara are still without power.', [])).toBeNull()
  expect(changeOf('The arsenal of Vardania is depleted.', [])).toBeNull()
  expect(changeOf('Electricity is back in most homes of Dara.', [])).toBeNull()
  expect(changeOf('Drones hit the power plant of Dara as raids continue.', [])).toBe('new')
})

test('a deed of a day that the readers know of is no new event', () => {
  const told = 'Vardania launched 90 drones at Dara on Sunday.'
  expect(changeOf('Of 90 drones launched on Sunday 75 were shot down.', [told], { of: 2 })).toBeNull()
  expect(changeOf('Of 90 drones launched at night 75 were shot down.', [told], { of: 2 })).toBe('new')
})

test('places are those where something struck: no country, and no capital that stands for its government', () => {
  const placesIn = (text: string) => [...struckPlacesIn(text)].length
  expect(placesIn('Missiles hit Odesa and Kharkiv, officials said.')).toBe(2)
  expect(placesIn('A market in Kyiv burns, while Moscow reports a hit.')).toBe(1)
  expect(placesIn('Drones of Ukraine struck, according to the State Emergency Service of Ukraine.')).toBe(0)
  expect(placesIn('Drones struck a depot in Sudan.')).toBe(0)
  expect(placesIn('Drones struck a depot in Belarus, and Russia’s army shelled Poland’s border.')).toBe(0)
  expect(placesIn('Drones struck a depot in Khartoum.')).toBe(1)
})

test('an update waits for an hour after the last alert, and digests do not count', () => {
  const at = (minutes: number, isAlert = true) => ({ ...toldOf(''), isAlert, at: closedAt.subtract({ minutes }) })
  expect(pausedUntil([at(300), at(20)], closedAt)?.toString()).toBe(closedAt.add({ minutes: 40 }).toString())
  expect(pausedUntil([at(60)], closedAt)).toBeNull()
  expect(pausedUntil([at(5, false)], closedAt)).toBeNull()
})

test('an attack is larger by all that was launched, and no larger where its first count follows a word of its size', () => {
  const about = 'Vardania fired about 100 missiles at the grid of Dara.'
  expect(changeOf('Vardania launched 90 missiles and 11 drones at the grid of Dara.', [about])).toBeNull()
  expect(changeOf('Vardania launched 90 missiles and 60 drones at the grid of Dara.', [about])).toBe('scale')
  const count = 'Vardania launched 600 drones at Dara.'
  expect(changeOf(count, ['Vardania struck Dara in one of its largest attacks.'])).toBeNull()
  expect(changeOf(count, ['Vardania struck Dara at night.'])).toBe('scale')
})

test('an update of figures has the words with the new figure as its headline', () => {
  const told = [toldOf(killed('three'))]
  const headlineOf = (text: string, title: string) => {
    const takeaway = matchedTakeaway({ text })
    const claims = claimsOf([{ ...takeaway, item: { ...takeaway.item, title }, story: 1 }])
    const [story] = planStories(
      claims.map((claim) => ({ ...claim, isShort: true })),
      told,
    )
    return asAlerted(story!, 'dead', told).headline
  }
  const strike = 'A strike on the power plant of Dara was the worst in months'
  expect(headlineOf(killed('nine'), strike)).toBe(killed('nine').slice(0, -1))
  expect(headlineOf('The power plant of Dara is on fire.', 'Strike on the power plant of Dara kills nine')).toBe(
    'Strike on the power plant of Dara kills nine',
  )
})

test('a toll on no topic that counts at another place raises nothing', () => {
  const told = ['Drones of Orsk struck a depot in Lorn.']
  const via = 'story'
  expect(changeOf('At least ten killed in Dara, several wounded in Lorn drone attack', told, { via })).toBeNull()
  expect(changeOf('At least ten killed in Lorn, several wounded in Dara drone attack', told, { via })).toBe('dead')
  expect(changeOf('At least ten killed in Dara', ['Drones struck Vardania.'], { via })).toBe('dead')
})

test('what sums up how a war goes on interrupts nobody, and a place or a figure in it does', () => {
  expect(changeOf('Raids continue to bring dread as Vardania destroys key parts of the grid.', [])).toBeNull()
  expect(changeOf('Raids continue as missiles hit the power plant in Lorn.', [])).toBe('new')
  expect(changeOf('Raids continue as missiles kill nine people.', [])).toBe('new')
})

test('what attacks have led to interrupts nobody, and what they did does', () => {
  expect(changeOf('Strikes leave farmers of Vardania with piles of unsold wheat', [])).toBeNull()
  expect(changeOf('Attacks on ports raise fears over the price of bread', [])).toBeNull()
  expect(changeOf('Strikes leave 9,000 homes of Vardania without power, struggling with the cold', [])).toBe('new')
  expect(changeOf('Strikes leave half of Vardania without power', [])).toBe('new')
  expect(changeOf('Missiles hit a terminal as attacks on ports raise fears over bread', [])).toBe('new')
})

test('what became of those who did it is told once, in whatever story', () => {
  const told = ['A diver was arrested in Lorn over the blasts at the Upper Ness pipeline.']
  const again = 'Man arrested over Upper Ness blasts once taught at a school'
  expect(changeOf(again, told, { of: 2, isShort: true })).toBeNull()
  expect(changeOf('Man convicted over Dara mill blasts', told, { of: 2, isShort: true })).toBe('new')
})

test('what an attack destroyed is a part of the attack', () => {
  expect(changeOf('A market of Dara is destroyed.', ['Missiles hit a market of Dara.'])).toBeNull()
  expect(changeOf('A market of Dara is destroyed.', ['A market of Dara is closed.'])).toBe('status')
})

test('what only speaks of attacks, or of what is left of an arsenal, interrupts nobody', () => {
  expect(changeOf('The army probably uses old missiles without warheads at the plant of Dara.', [])).toBeNull()
  expect(changeOf('Two weeks after a drone was found in Dara, prosecutors opened an investigation.', [])).toBeNull()
  expect(changeOf('The army has fired four fifths of its modern missiles at the grid.', [])).toBeNull()
  expect(changeOf('Spies are planning false flag attacks on the grid of Dara.', [])).toBeNull()
  expect(changeOf('Fire at the plant of Dara after a missile attack', [])).toBe('new')
  expect(changeOf('Missiles plunge the plant of Dara into darkness.', [])).toBe('new')
  expect(changeOf('Half of Dara is without electricity after missile strikes.', [])).toBe('new')
})

test('a finding on who caused an event changes its state', () => {
  const told = 'A missile killed two people at the mill of Dara.'
  expect(changeOf('The explosion at the mill of Dara was caused by a stray missile, the council says.', [told])).toBe(
    'status',
  )
})
