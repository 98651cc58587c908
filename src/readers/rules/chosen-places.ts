import { areaNamed, findPlace, nameOfPlace } from '../../places/rules/find-place.ts'
import { nearestPlace } from '../../places/rules/nearest-place.ts'

/** The codes of the places that a person named, or a sentence on the first name that is not the name of one place. */
export type ChosenPlaces = { codes: string[] } | { problem: string }

/**
 * Reads places as a person writes them, one a line or separated by semicolons: `Ukraine`, `Kharkiv Oblast, Ukraine`, `UA-63`. The
 * name of a country and of another place means the country, and a name of several regions together, such as `Donbas`, means them all.
 */
export function parsePlaces(text: string): ChosenPlaces {
  const codes: string[] = []
  for (const name of text.split(/[;\n]/).map((line) => line.trim())) {
    if (name === '') continue
    const area = areaNamed(name.slice(0, maxName))
    const found = findPlace(name.slice(0, maxName))
    const [first, ...others] = found
    if (!first) return { problem: unknown(name) }
    const isCountry = first.code === first.country && first.name.toLowerCase() === name.toLowerCase()
    if (area) {
      codes.push(...area)
      continue
    }
    if (others.length > 0 && !isCountry) {
      const names = found.map(({ code }) => `${nameOfPlace(code)} (${code})`)
      return { problem: `“${name.slice(0, 60)}” can be ${names.join(' or ')}. Write which one.` }
    }
    codes.push(first.code)
  }
  return { codes: [...new Set(codes)] }
}

/** Places as `parsePlaces` reads them, one a line. */
export const writePlaces = (codes: string[]): string => codes.map((code) => nameOfPlace(code) ?? code).join('\n')

function unknown(name: string): string {
  const near = nearestPlace(name.slice(0, maxName))
  const meant = near ? ` Did you mean ${nameOfPlace(near.code)}?` : ''
  const hint = name.includes(',') ? ' Write one place on each line.' : meant
  return `We know no place “${name.slice(0, 60)}”. Give countries, regions or large towns.${hint}`
}

const maxName = 200
