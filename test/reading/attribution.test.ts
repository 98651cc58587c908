import { expect, test } from 'vitest'
import { attributionOf } from '../../src/reading/rules/takeaways/attribution.ts'
import { processorMs } from '../support/processor-time.ts'

test.each([
  ['Governor Olena Koval said that the dam had burst.', 'Governor Olena Koval'],
  ['The Ministry of Energy reported on Monday that two lines were down.', 'Ministry of Energy'],
  ['On Monday, Ukrainian officials warned that more rain is due.', 'Ukrainian officials'],
  ['Two lines are down, according to the UN refugee agency, and more may follow.', 'UN refugee agency'],
  ['Partner states offered help, local officials said.', 'local officials'],
  ['The General Staff states that 40 homes are lost.', 'General Staff'],
  ['“Nobody will leave,” said Ivan Petrenko, the mayor.', 'Ivan Petrenko'],
])('the speaker is named in: %s', (sentence, speaker) => {
  expect(attributionOf(sentence)).toBe(speaker)
})

test.each([
  'The dam above Dara burst on Monday.',
  'He said that the dam had burst.',
  'The reported loss is 40 homes.',
  'Partner states offered the region 40 pumps.',
  'After 150 days the strike was called off by the bakers’ union.',
])('no speaker is named in: %s', (sentence) => {
  expect(attributionOf(sentence)).toBeNull()
})

test.each([
  ['Unconfirmed reports suggest that the bridge is mined.', null],
  ['The bridge fell when the drone struck, which the army said was unarmed, and police said nobody died.', 'police'],
  ['Pavlo Zhuk, a young deputy who lost his seat last month, said the vote was fair.', 'Pavlo Zhuk'],
  ['The head of the Lira office, Olena Koval, told reporters that the road is open.', 'Olena Koval'],
  ['A guard at the depot, Ivan Sych, said the gate was open.', 'Ivan Sych'],
  ['The harbour master said the quay had been cleared.', 'the harbour master'],
  ['The leaflet text said the quay had been cleared.', null],
  ['France, Spain and Malta said they would send ships.', 'France, Spain and Malta'],
  ['Police at first told people to wait.', 'police'],
  ['Envoys meeting in Lira said that a draft was ready.', 'envoys'],
  ['A study published in May by the Lira Institute said wells are dry.', 'Lira Institute'],
  ['The council-backed head of Lira, Ivan Sych, said it was calm.', 'Ivan Sych'],
  ['The wells are dry, according to the U.N.', 'U.N.'],
  ['Ship sinks off Lira; Dara warns of famine; bread prices fall', null],
  ['The Ministry of Defence (MoD) continued to list claimed hits.', null],
])('words around the verb lead to no wrong speaker: %s', (sentence, speaker) => {
  expect(attributionOf(sentence)).toBe(speaker)
})

test.each([
  ['Captain Olena “Sych” Koval told the “envoys of Lira” to wait.', 'Captain Olena “Sych” Koval'],
  ['The “Vostok” battalion of Lira said it had left.', 'Vostok battalion of Lira'],
])('a call sign within a name keeps its marks: %s', (sentence, speaker) => {
  expect(attributionOf(sentence)).toBe(speaker)
})

test.each([
  ['Type List<Berth> explained', null],
  ['Type List explained', null],
  ['The fire was lit by boys, the warden explained.', 'the warden'],
])('a title without a speaker is no clause of saying: %s', (title, speaker) => {
  expect(attributionOf(title)).toBe(speaker)
})

test('a commission is no paper, and a reader of a paper is not its maker', () => {
  expect(attributionOf('A board of inquiry chaired by Ivan Sych said that the dam was weak.')).toBe(
    'a board of inquiry',
  )
  expect(attributionOf('UN notes seen by the Lira Courier say that the dam was weak.')).toBe(
    'UN notes seen by the Lira Courier',
  )
})

test('a denial is attributed to the one who denies, but not what another said before it', () => {
  expect(attributionOf('The council denied that the bridge had been sold.')).toBe('the council')
  expect(attributionOf('Troops entered Lira on Friday. The council denied it.')).toBeNull()
})

test.each([
  'Officers confirmed that troops reached Lira on Friday. The army will likely move on to Petriv.',
  'Troops likely left the port of Lira, and officers claimed that the bridge was mined.',
  'The army clearly assesses that the river can be crossed at Lira.',
  'The council announced that the dam holds. ISW assesses that it does not.',
])('what its authors judge by themselves has no other speaker: %s', (statement) => {
  expect(attributionOf(statement)).toBeNull()
})

test('what a speaker judges is his', () => {
  expect(attributionOf('Officers said that troops will likely leave Lira. They will probably go to Petriv.')).toBe(
    'officers',
  )
  expect(attributionOf('The army assesses that the river can be crossed at Lira.')).toBe('the army')
})

test('a thing behind a quoted fragment is no speaker', () => {
  expect(attributionOf('The council cut “costly and hollow” drills with Lira aimed at the river.')).toBeNull()
  expect(attributionOf('“Never,” the ferryman croaked at noon.')).toBe('the ferryman')
})

test('what stands inside a quotation names no speaker', () => {
  expect(attributionOf('“The ministry said that help would come,” she wrote.')).toBeNull()
  expect(attributionOf('The “Vostok” battalion said it had left.')).toBe('Vostok battalion')
})

test.each([
  ['Lira: two hurt as tram leaves rails', null],
  ['The ministry warns parents: keep children home', 'the ministry'],
  ['Mayor Koval: the bridge opens in May', 'Mayor Koval'],
  ['Bridge to open in May after two years of repairs – mayor', 'mayor'],
])('only a sure name stands at the colon or the dash of a headline: %s', (title, speaker) => {
  expect(attributionOf(title)).toBe(speaker)
})

test.each([
  ['За словами Левицького, міст відкриють у травні.', 'Левицький'],
  ['Міст закрито, повідомили в поліції.', 'поліція'],
  ['За його словами, міст закрито.', null],
  ['По словам Белова, мост закрыт.', 'Белов'],
  ['Selon les prévisions, la pluie cessera lundi.', null],
  ["D'après elle, le pont est fermé.", null],
  ['Le pont est fermé, a annoncé le préfet lundi.', 'le préfet'],
])('other languages name their speakers too: %s', (sentence, speaker) => {
  expect(attributionOf(sentence)).toBe(speaker)
})

test.each(['said, ', '“a ', 'the ', 'according to ', 'Koval, ', ' – ', 'а, повідомив ', '(A '])(
  'a long statement of %j takes no time',
  (part) => {
    const text = part.repeat(200_000)
    expect(processorMs(() => attributionOf(text))).toBeLessThan(200)
  },
)

test.each([
  'The Lorn campaign on clean wells (from June to May), concluded this month, reaching 4,000 homes.',
  'Lorn Relief training for nurses concluded on Monday with 40 graduates.',
  'Rebels in Dara claimed to hold the mill but remain largely stalled at the river.',
])('what ended says nothing, and a judgement behind a claim is not its speaker’s: %s', (sentence) =>
  expect(attributionOf(sentence)).toBeNull(),
)

test.each([
  ['The ministry concluded in May that the dam was sound.', 'the ministry'],
  ['The dam was sound, the court concluded on Friday.', 'the court'],
  ['Rebels in Dara claimed to hold the mill but denied a march on Lorn.', 'rebels in Dara'],
])('but who concludes or claims it alone speaks: %s', (sentence, speaker) =>
  expect(attributionOf(sentence)).toBe(speaker),
)
