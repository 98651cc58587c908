import { expect, test } from 'vitest'
import { numbersIn } from '../../src/reading/rules/edits/numbers.ts'

const read = (text: string): number[] => numbersIn(text).map(({ number }) => number)

test.each<[string, number[]]>([
  ['trois cent mille personnes', [300_000]],
  ['1 200 riverains', [1_200]],
  ['quatre-vingt-dix-sept blessés', [97]],
  ['soixante-seize maisons', [76]],
  ['vingt et un morts', [21]],
  ['mille neuf cent quarante-quatre', [1_944]],
  ['six cent mille déplacés', [600_000]],
  ['2,5 millions de gens', [2_500_000]],
  ['un million de gens, un homme', [1_000_000]],
  ['dix pour cent', [10]],
  ['trois ou quatre maisons', [3, 4]],
  ['1.200 ribereños', [1_200]],
  ['tres millones de personas', [3_000_000]],
  ['dos mil trescientas casas', [2_300]],
  ['treinta y cinco heridos', [35]],
  ['ciento treinta mil civiles', [130_000]],
  ['dos mil millones de pesos', [2_000_000_000]],
  ['un millón de dosis', [1_000_000]],
  ['cinco mil y tres mil', [5_000, 3_000]],
  ['una casa y una escuela', []],
])('the numbers of "%s" are %j', (text, numbers) => expect(read(text)).toEqual(numbers))

test.each<[string, number[]]>([
  ['Once again they seize six towns.', [6]],
  ['ten per cent of 5 cents', [10, 5]],
  ['millions of people', []],
  ['two million', [2_000_000]],
])('English words keep their meaning: %s', (text, numbers) => expect(read(text)).toEqual(numbers))
