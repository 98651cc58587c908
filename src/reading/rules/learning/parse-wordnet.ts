import { type LemmaUse, Lexicon, type Meaning } from './word-meanings.ts'

/** The texts of the files of WordNet 3.1 that are read: `data` of nouns, verbs and adjectives, and the index of senses. */
export type WordNetFiles = { noun: string; verb: string; adjective: string; senses: string }

/** Parses WordNet's files as wndb(5WN) and senseidx(5WN) describe them. */
export function parseWordNet({ senses, ...data }: WordNetFiles): Lexicon {
  const meanings = new Map<string, Meaning>()
  for (const wordClass of ['noun', 'verb', 'adjective'] as const)
    for (const line of linesOf(data[wordClass])) {
      const meaning = meaningIn(line, wordClass)
      if (meaning) meanings.set(meaning.id, meaning)
    }
  return new Lexicon(meanings, usesIn(senses))
}

const letters = { noun: 'n', verb: 'v', adjective: 'a' } as const

/** One line: offset, field, class, count of words, the words, count of pointers, the pointers, and the definition after a bar. */
function meaningIn(line: string, wordClass: Meaning['wordClass']): Meaning | undefined {
  if (!/^\d{8} /.test(line)) return undefined
  const [head = '', definition = ''] = line.split(' | ')
  const [offset, field, , count = '0', ...rest] = head.split(' ')
  const words = Number.parseInt(count, 16)
  const lemmas = rest
    .slice(0, words * 2)
    .filter((_, i) => i % 2 === 0)
    .map((word) => word.replace(/\([^()]{0,9}\)$/, '').replaceAll('_', ' '))
  const pointers = pointersIn(rest.slice(words * 2))
  const of = (...kinds: string[]) => pointers.filter(({ kind }) => kinds.includes(kind)).map(({ id }) => id)
  return {
    id: `${letters[wordClass]}${offset}`,
    wordClass,
    field: `${letters[wordClass]}${field}`,
    lemmas,
    broader: of('@'),
    narrower: of('~'),
    derived: [...new Set(of('+', '\\', '&'))],
    gloss: definition.split('; "')[0]!.trim(),
  }
}

function pointersIn([count = '0', ...rest]: string[]): { kind: string; id: string }[] {
  return Array.from({ length: Number.parseInt(count, 10) }, (_, i) => {
    const [kind = '', offset, wordClass] = rest.slice(i * 4)
    return { kind, id: `${wordClass === 's' ? 'a' : wordClass}${offset}` }
  })
}

/** `LEMMA%CLASS:... OFFSET NUMBER USES` a line; the most used meaning of a lemma comes first, then by WordNet's own number. */
function usesIn(index: string): Map<string, LemmaUse[]> {
  const found = new Map<string, (LemmaUse & { n: number })[]>()
  for (const line of linesOf(index)) {
    const [key = '', offset, n, uses] = line.split(' ')
    const [lemma = '', rest = ''] = key.split('%')
    const letter = classOf[rest[0] ?? '']
    if (!letter) continue
    const name = lemma.replaceAll('_', ' ')
    const all = found.get(name) ?? []
    all.push({ id: `${letter}${offset}`, n: Number(n), uses: Number(uses) })
    found.set(name, all)
  }
  for (const uses of found.values()) uses.sort((a, b) => b.uses - a.uses || a.n - b.n)
  return found
}

const classOf: Record<string, string> = { 1: 'n', 2: 'v', 3: 'a', 5: 'a' }

const linesOf = (text: string): string[] => text.split('\n')
