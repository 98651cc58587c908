import { statSync } from 'node:fs'

/** What a URL must have, in words that follow "must have", and whether a value of the parameter is that. */
export type Parameter = { must: string; test: (value: string) => boolean }

/** One of these values. */
export const among = (name: string, ...values: string[]): Parameter => ({
  must: values.map((value) => `?${name}=${value}`).join(' or '),
  test: (value) => values.includes(value),
})
/** A decimal number above 0. */
export const numberUpTo = (max: number, must: string): Parameter => ({
  must,
  test: (value) => /^\d+(?:\.\d+)?$/.test(value) && Number(value) > 0 && Number(value) <= max,
})
/** Any text but the empty one. */
export const someText = (name: string): Parameter => ({ must: `a value for ?${name}`, test: (value) => value !== '' })
/** The path of a file that exists. */
export const aFile = (name: string): Parameter => ({ must: `the path of a file for ?${name}`, test: isFile })

const isFile = (path: string): boolean =>
  !path.includes('\0') && statSync(path, { throwIfNoEntry: false })?.isFile() === true

/**
 * What is wrong with the parts of a URL, in words that follow the name of its setting: a percent sign, a port, a fragment, or a
 * parameter. Parameters are all known, each with a value that it may have, and each once; with `null` the URL may have any.
 */
export const problemOfUrl = (url: URL, known: Record<string, Parameter> | null): string | null =>
  problemOfParts(url) ?? problemOf(url, known)

/** What is wrong with a URL that has a fragment. */
export const fragmentProblem = 'must have no #: write %23 for one that is part of a user or a password'

/** The programs that use a URL decode its parts, and fail without a word of the setting. */
function problemOfParts({ username, password, pathname, port }: URL): string | null {
  if (port === '0') return 'must have a port from 1 to 65535'
  return [username, password, pathname].every(canBeDecoded)
    ? null
    : 'must write a percent sign in a user, a password or a path as %25'
}

function canBeDecoded(text: string): boolean {
  try {
    return !decodeURIComponent(text).includes('\0')
  } catch {
    return false
  }
}

function problemOf({ searchParams, hash, href }: URL, known: Record<string, Parameter> | null): string | null {
  if (hash || href.endsWith('#')) return fragmentProblem
  if (known === null) return null
  for (const name of new Set(searchParams.keys())) {
    const parameter = known[name]
    if (!parameter) return `must have no parameter ${JSON.stringify(name)}${mayHave(Object.keys(known))}`
    const [value = '', ...others] = searchParams.getAll(name)
    if (others.length) return `must have ?${name} once`
    if (!parameter.test(value)) return `must have ${parameter.must}`
  }
  return null
}

const mayHave = (names: string[]) => (names.length ? `; it may have ${names.map((name) => `?${name}`).join(', ')}` : '')
