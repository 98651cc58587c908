import { expect, test } from 'vitest'
import { parsePlaces, writePlaces } from '../../src/readers/rules/chosen-places.ts'

test('places are read from names in any language, codes and towns, one a line or behind semicolons, each once', () => {
  expect(parsePlaces('Ukraine\n  Харківська область ; North Darfur\n\nSoudan; SD')).toEqual({
    codes: ['UA', 'UA-63', 'SD-DN', 'SD'],
  })
  expect(parsePlaces('Kharkiv; Kharkiv Oblast, Ukraine')).toEqual({ codes: ['UA-63'] })
  expect(parsePlaces(' \n ; ')).toEqual({ codes: [] })
})

test('a misspelt name is answered with the nearest one, and another word with none', () => {
  const problemOf = (text: string) => (parsePlaces(text) as { problem: string }).problem
  expect(problemOf('Ukrane')).toBe(
    'We know no place “Ukrane”. Give countries, regions or large towns. Did you mean Ukraine?',
  )
  expect(problemOf('Norht Darfur')).toContain('Did you mean North Darfur, Sudan?')
  expect(problemOf('Sudn')).toContain('Did you mean Sudan?')
  for (const other of ['Qzx', 'Nowhereland', '🙂', '<b>']) expect(problemOf(other)).not.toContain('Did you mean')
})

test('what is written is read as the same places', () => {
  const codes = ['UA', 'UA-63', 'SD-DN', 'US-GA', 'GE', 'HT-ND', 'PS-GZZ']
  expect(parsePlaces(writePlaces(codes))).toEqual({ codes })
})

test('a name of a country and of another place means the country', () => {
  expect(parsePlaces('Georgia')).toEqual({ codes: ['GE'] })
})

test('an unknown name and one of several places are answered by one sentence', () => {
  expect(parsePlaces('Ukraine; Nowhereland')).toEqual({
    problem: 'We know no place “Nowhereland”. Give countries, regions or large towns.',
  })
  const { problem } = parsePlaces('Punjab') as { problem: string }
  expect(problem).toBe('“Punjab” can be Punjab, Pakistan (PK-PB) or Punjab, India (IN-PB). Write which one.')
  expect(parsePlaces('Punjab, India; PK-PB')).toEqual({ codes: ['IN-PB', 'PK-PB'] })
  expect('problem' in parsePlaces('Nord')).toBe(true)
  expect((parsePlaces('x'.repeat(5_000)) as { problem: string }).problem.length).toBeLessThan(200)
})

test('abbreviations, names of several regions and what a question offered are understood', () => {
  expect(parsePlaces('USA; U.K.; drc')).toEqual({ codes: ['US', 'GB', 'CD'] })
  expect(parsePlaces('Donbas; Sinai')).toEqual({ codes: ['UA-14', 'UA-09', 'EG-SIN', 'EG-JS'] })
  const { problem } = parsePlaces('Kyiv') as { problem: string }
  expect(problem).toBe('“Kyiv” can be Kyiv, Ukraine (UA-30) or Kyiv Oblast, Ukraine (UA-32). Write which one.')
  expect(parsePlaces('Kyiv, Ukraine (UA-30); kyiv oblast, ukraine')).toEqual({ codes: ['UA-30', 'UA-32'] })
  expect(parsePlaces('Odesa, Lviv')).toEqual({
    problem: 'We know no place “Odesa, Lviv”. Give countries, regions or large towns. Write one place on each line.',
  })
})
