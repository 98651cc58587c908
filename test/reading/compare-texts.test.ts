import { describe, expect, test } from 'vitest'
import { compareOverEdits, compareTexts, compareTitles } from '../../src/reading/rules/edits/compare-texts.ts'
import { piecesOf } from '../../src/reading/rules/edits/numbers.ts'

const numbersIn = (text: string) => piecesOf(text).flatMap((piece) => ('number' in piece ? [piece.number] : []))

describe('numbers', () => {
  test.each([
    ['148,200 people, 148 200 people, 148.200 people', [148_200, 148_200, 148_200]],
    ['3.5 million and 1,5 million', [3_500_000, 1_500_000]],
    ['Three of thirty-five ships, or one hundred and fifty', [3, 35, 150]],
    ['thirty thousand homes, a hundred roads, half a million people', [30_000, 100, 500_000]],
    ['two dozen boats, two three', [24, 2, 3]],
    ['five hundred and two and twelve', [502, 12]],
    ['A Su-35 and an F-16 crossed', []],
    ['one of the depots, dozens of homes', []],
    ['a constructor of toString() and valueOf()', []],
    ['Троє загинули, двадцять тисяч', [3, 20_000]],
    ['In 2022 150 people left', [2_022, 150]],
  ])('of %s', (text, numbers) => expect(numbersIn(text)).toEqual(numbers))
})

const unchanged: [kind: string, was: string, now: string][] = [
  [
    'curly quotation marks',
    'The mayor\'s office said "nobody was hurt".',
    'The mayor’s office said “nobody was hurt”.',
  ],
  ['case', 'DRONES HIT THE PORT OF DARA', 'Drones hit the port of Dara'],
  ['dashes and white space', 'The 4-day  truce - the second - held.', 'The 4‑day truce – the second – held.'],
  ['a full stop', 'Drones hit the port of Dara', 'Drones hit the port of Dara.'],
  ['a typo', 'Drones hit the grain terimnal in Dara.', 'Drones hit the grain terminal in Dara.'],
  ['a missing letter', 'The goverment closed the river crossing.', 'The government closed the river crossing.'],
  ['another spelling of a name', 'Zelensky met the ministers in Dara.', 'Zelenskyy met the ministers in Dara.'],
  ['digits for a word', 'Three people died in Dara.', '3 people died in Dara.'],
  ['another sign between thousands', 'Some 148,200 people left Dara.', 'Some 148 200 people left Dara.'],
  ['another order', 'In Dara, drones hit the grain terminal.', 'Drones hit the grain terminal in Dara.'],
  ['another reporting verb', 'The ferry sank, the mayor said.', 'The ferry sank, the mayor told reporters.'],
  ['style', 'The large depot near the river burned for hours.', 'The big depot near the river burned for hours.'],
  [
    'other words for the same',
    'Rescuers dig in the ruins of Dara after the raid',
    'After the raid, crews dig in the ruins of Dara',
  ],
  ['a detail less', 'The raid burned two depots, and one dam broke.', 'The raid burned two depots.'],
  ['a round figure for the exact one', 'The raid on Dara hurt 103 people.', 'The raid on Dara hurt over 100 people.'],
  ['a dozen for fourteen', 'The raid on Dara killed 14 people.', 'The raid on Dara killed more than a dozen people.'],
  ['a headline in other words', 'Mayor Visits Flooded Dara For First Time', 'Flooded Dara: Mayor Visits Town Again'],
  ['a counter of comments', 'Depot burns in Dara (12 comments)', 'Depot burns in Dara (340 comments)'],
]
const updated: typeof unchanged = [
  ['a toll that rises', 'Three killed in night attacks on two towns', 'Four killed in night attacks on two towns'],
  ['a figure in place of none', 'The flood affected 0 people in Dara.', 'The flood affected 148,200 people in Dara.'],
  ['a figure that is added', 'Drones hit the port of Dara.', 'Drones hit the port of Dara and wounded 6 dockers.'],
  ['facts that are added', 'Drones hit the port.', 'Drones hit the port, and the grain elevator burned.'],
]
const corrected: typeof unchanged = [
  ['a figure that falls', 'The strike in Dara displaced 400 people.', 'The strike in Dara displaced 40 people.'],
  ['a figure that goes', 'The strike in Dara displaced 400 people.', 'The strike in Dara displaced people.'],
  ['another name', 'Drones hit the power station of Dara.', 'Drones hit the power station of Lorn.'],
  ['another outcome', 'Four miners were killed in the Dara pit.', 'Four miners were injured in the Dara pit.'],
  ['a denial', 'The bridge of Dara was hit by drones.', 'The bridge of Dara was not hit by drones.'],
  ['a doubt', 'Drones hit the bridge of Dara.', 'Drones allegedly hit the bridge of Dara.'],
]
const unlike: typeof unchanged = [
  ['another event', 'Three killed in night attacks on two towns', 'Refinery in Lorn on fire after a raid'],
  [
    'another toll in another event',
    'Two killed in the market of Lorn a day after the mall raid',
    'Search goes on after mall raid that killed 16',
  ],
  ['another day', 'On 12 August drones hit 5 depots in Dara.', 'On 13 August drones hit 7 depots in Dara.'],
  ['another weekday', 'On Monday the river port was hit.', 'On Tuesday the river port was hit.'],
]

describe.each([
  ['carried', unchanged],
  ['updated', updated],
  ['corrected', corrected],
  ['unlike', unlike],
] as const)('a statement is %s with', (change, cases) => {
  test.each(cases)('%s', (_, was, now) => expect(compareTexts(was, now)).toBe(change))
})

test('a date in other words is the same date', () => {
  expect(compareTexts('On 12 August drones hit the port.', 'On August 12 drones hit the port.')).toBe('carried')
})

test('a title changes when its figures do', () => {
  expect(compareTitles('Three killed in Dara', 'Four killed in Dara')).toBe('updated')
  expect(compareTitles('Three killed in Dara', 'Two killed in Dara')).toBe('corrected')
  expect(compareTitles('Three killed in Dara', 'Three killed in Dara as dam bursts near river')).toBeUndefined()
  expect(compareTitles('Three killed in Dara', 'Oil depot of Lorn burns, 2 hurt')).toBeUndefined()
  expect(compareTitles('Depot burns (12 comments)', 'Depot burns (40 comments)')).toBeUndefined()
})

test.each([
  [
    'Valley comes under heavy shelling, killing at least 13',
    'More than 16 dead as Dara faces intense bombardment',
    'updated',
  ],
  [
    'The strike displaced 400 families from the east bank',
    'Only 40 households had to go, says the council',
    'corrected',
  ],
  ['The dam of Dara has burst', 'The dam of Dara has burst', 'carried'],
])('over several edits, %s became %s: %s', (was, now, change) => expect(compareOverEdits(was, now)).toBe(change))
