import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { mayBeAdjective } from '../../src/places/rules/adjective-prefixes.ts'
import { findPlace, nameOfPlace, placeNames } from '../../src/places/rules/find-place.ts'
import gazetteer from '../../src/places/rules/gazetteer.json' with { type: 'json' }
import { countries, languages, regions } from '../../src/places/rules/gazetteer.ts'
import { placeKey } from '../../src/places/rules/place-key.ts'

const country = z.string().regex(/^[A-Z]{2}$/)
const region = z.string().regex(/^[A-Z]{2}-[A-Z0-9]{1,3}$/)
const keys = z.string().regex(/^[^/|;]+(?:\/[^/|;]+)*$/)
const rows = (code: z.ZodType<string>) => z.array(z.tuple([code, keys])).min(10)
const list = z.tuple([z.string().min(100)])

/** The shape that gazetteer/make.ts writes and the program reads. */
const shape = z.strictObject({
  languages: z.tuple([z.tuple(['en', 'fr', 'es', 'uk', 'ru', 'ar'].map((language) => z.literal(language)) as never)]),
  countries: z.array(z.tuple([country, z.number(), z.string().regex(/^[^|]+(?:\|[^|]+){5}$/), keys])).min(240),
  regions: z.array(z.tuple([region, z.number(), z.string().min(2), keys.or(z.literal('')), z.string()])).min(3500),
  otherNames: rows(z.string().regex(/^[A-Z]{2}(?:-[A-Z0-9]+)?(?:,[A-Z]{2}-[A-Z0-9]+)*$/)),
  peoples: rows(country.or(region)),
  adjectives: rows(country.or(region)),
  abbreviations: z.array(z.tuple([z.string(), country])),
  noPlaces: list,
  towns: z.array(z.tuple([country.or(region), z.string().regex(/^(?:[^/;]+(?:\/[^/;]+)* \d+\*?;?)+$/)])).min(2000),
  words: list,
  firstNames: list,
  lastNames: list,
})

describe('the gazetteer', () => {
  test('has the shape that its script writes', () => {
    expect(shape.safeParse(gazetteer).error?.issues.slice(0, 3)).toBeUndefined()
  })

  test('has every code once, and regions and towns of its countries only', () => {
    const codes = [...countries, ...regions].map(({ code }) => code)
    expect(new Set(codes).size).toBe(codes.length)
    const known = new Set(codes)
    expect(regions.filter(({ code }) => !known.has(code.slice(0, 2))).map(({ code }) => code)).toEqual([])
    expect(gazetteer.towns.filter(([code]) => !known.has(code!)).map(([code]) => code)).toEqual([])
  })

  test('names every country in six languages', () => {
    expect(languages).toEqual(['en', 'fr', 'es', 'uk', 'ru', 'ar'])
    expect(countries.find(({ code }) => code === 'SD')!.names).toEqual([
      'Sudan',
      'Soudan',
      'Sudán',
      'Судан',
      'Судан',
      'السودان',
    ])
  })
})

describe('the places to choose from', () => {
  test('are the countries by name, each with its regions behind it', () => {
    const places = placeNames()
    const ukraine = places.findIndex(({ code }) => code === 'UA')
    expect(places[0]).toEqual({ code: 'AF', name: 'Afghanistan', country: 'AF' })
    expect(places[ukraine]).toEqual({ code: 'UA', name: 'Ukraine', country: 'UA' })
    expect(places.slice(ukraine + 1, ukraine + 28).every(({ country: code }) => code === 'UA')).toBe(true)
    expect(places[ukraine + 28]!.country).not.toBe('UA')
    expect(places).toContainEqual({ code: 'UA-63', name: 'Kharkiv Oblast', country: 'UA' })
  })

  test('are found by their code and by their own name', () => {
    const found = (text: string): string[] => findPlace(text).map(({ code }) => code)
    for (const { code } of placeNames()) {
      expect(found(code)).toEqual([code])
      expect(found(code.toLowerCase())).toEqual([code])
      expect(found(nameOfPlace(code)!), nameOfPlace(code)!).toContain(code)
    }
  })
})

describe('a place that a person types', () => {
  const found = (text: string): string[] => findPlace(text).map(({ code }) => code)

  test.each([
    ['Kharkiv', ['UA-63']],
    ['kharkov', ['UA-63']],
    ['Харківська область', ['UA-63']],
    ['Харьков', ['UA-63']],
    ['UA-63', ['UA-63']],
    ['Soudan', ['SD']],
    ['السودان', ['SD']],
    ['Північний Дарфур', ['SD-DN']],
    ['Kramatorsk', ['UA-14']],
    ['burma', ['MM']],
    [' ukraine ', ['UA']],
    ['Crimea', ['UA-43']],
    ['Donbas', ['UA-14', 'UA-09']],
    ['Nowhere at all', []],
    ['', []],
  ])('%s', (text, codes) => expect(found(text)).toEqual(codes))

  test('gives the country before a region of the same name', () => {
    expect(found('Georgia')).toEqual(['GE', 'US-GA'])
    expect(found('Georgia, United States')).toEqual(['US-GA'])
    expect(found('Gaza')[0]).toBe('PS-GZZ')
  })

  test('gives at most five places', () => {
    expect(found('Northern').length).toBeLessThanOrEqual(5)
    expect(found('San Juan').length).toBeLessThanOrEqual(5)
  })
})

test.each([
  [['Odesa', 'Odessa'], 'odesa'],
  [['Kostyantynivka', 'Kostiantynivka'], 'kostiantinivka'],
  [['Hodeida', 'Hodeidah'], 'hodeida'],
  [['Харків', 'Харкова', 'Харкові', 'Харьков', 'Харькове'], 'харков'],
  [['Україна', 'України', 'Украину', 'Украиной'], 'украин'],
  [['Київ', 'Києва', 'Києві', 'Киев', 'Киеве'], 'киев'],
  [['السودان', 'سودان'], 'سودان'],
  [['Dar‘ā', "Dar'a", 'Dara'], 'dara'],
])('%j have one key', (words, key) => expect([...new Set(words.map(placeKey))]).toEqual([key]))

test('every adjective in Latin letters is known by its first letters, and most other words are not', () => {
  const may = (word: string): boolean => mayBeAdjective(word, 0, word.length)
  const latin = gazetteer.adjectives.flatMap(([, named = '']) => named.split('/')).filter((key) => /^[a-z]+$/.test(key))
  expect(latin.length).toBeGreaterThan(500)
  expect(latin.filter((key) => !may(key))).toEqual([])
  expect(['syrien', 'russe', 'allemand', 'égyptien', "l'iranien"].filter((word) => !may(word))).toEqual([])
  expect(['of', 'the', 'struck', 'zzz'].filter(may)).toEqual([])
})
