import { contentStems, stemOf } from './content-words.ts'

/**
 * A meaning that words share (a synset of WordNet): `lemmas` in lower case but for names, `uses` how often a corpus used it in
 * this meaning by lemma, `broader` and `narrower` meanings, `derived` ones of other word classes.
 */
export type Meaning = {
  id: string
  wordClass: 'noun' | 'verb' | 'adjective'
  field: string
  lemmas: string[]
  broader: string[]
  narrower: string[]
  derived: string[]
  gloss: string
}

/** A meaning of one lemma and how often a corpus used the lemma in it. */
export type LemmaUse = { id: string; uses: number }

/** English words with their meanings. Build it once: it remembers what it worked out. */
export class Lexicon {
  readonly #meanings: Map<string, Meaning>
  readonly #uses: Map<string, LemmaUse[]>
  readonly #lemmasByStem = new Map<string, string[]>()
  readonly #compounds = new Map<string, string[]>()
  readonly #sizes = new Map<string, number>()
  readonly #neighbours = new Map<string, Set<string>>()

  /** `uses`: the meanings of each lemma, the most used first. */
  constructor(meanings: Map<string, Meaning>, uses: Map<string, LemmaUse[]>) {
    this.#meanings = meanings
    this.#uses = uses
    for (const lemma of uses.keys()) {
      const words = lemma.split(' ')
      if (words.length === 1 && /^[a-z]+$/.test(lemma)) add(this.#lemmasByStem, stemOf(lemma), lemma)
      if (words.length === 2) for (const word of words) add(this.#compounds, stemOf(word), lemma)
    }
  }

  meaning(id: string): Meaning | undefined {
    return this.#meanings.get(id)
  }

  meaningsOf(lemma: string): Meaning[] {
    return (this.#uses.get(lemma) ?? []).flatMap(({ id }) => this.#meanings.get(id) ?? [])
  }

  /** The words of one stem. */
  lemmasOf(stem: string): string[] {
    return this.#lemmasByStem.get(stem) ?? []
  }

  meaningsOfStem(stem: string): Meaning[] {
    return [...new Set((this.#lemmasByStem.get(stem) ?? []).flatMap((lemma) => this.meaningsOf(lemma)))]
  }

  /** The most used meaning of a stem; undefined where no corpus used it. */
  firstMeaning(stem: string): Meaning | undefined {
    const firsts = (this.#lemmasByStem.get(stem) ?? []).flatMap((lemma) => this.#uses.get(lemma)?.[0] ?? [])
    const [first] = firsts.toSorted((a, b) => b.uses - a.uses)
    return first && first.uses >= 5 ? this.meaning(first.id) : undefined
  }

  /** How often a corpus of 235,000 words used the words of a stem. */
  frequency(stem: string): number {
    return (this.#lemmasByStem.get(stem) ?? []).reduce((sum, lemma) => sum + this.#usesOf(lemma), 0)
  }

  /** Whether every word of a stem has one meaning that is meant nearly always; a word that is not known has. */
  isUnambiguous(stem: string): boolean {
    return (this.#lemmasByStem.get(stem) ?? []).every((lemma) => {
      const uses = this.#uses.get(lemma) ?? []
      const [first] = uses
      return uses.length <= 2 || (first !== undefined && first.uses >= 3 && first.uses >= 0.75 * this.#usesOf(lemma))
    })
  }

  /** Whether a lemma is mostly used in a meaning, is no name, and is rarer than `maxFrequency`. */
  standsFor(lemma: string, { id }: Meaning, maxFrequency: number): boolean {
    if (!/^[a-z][a-z-]{3,}$/.test(lemma) || this.frequency(stemOf(lemma)) > maxFrequency) return false
    const uses = this.#uses.get(lemma) ?? []
    const own = uses.find((use) => use.id === id)
    return own !== undefined && (uses[0] === own || (own.uses > 0 && own.uses >= 0.4 * this.#usesOf(lemma)))
  }

  /** Phrases of two words of which one has this stem. */
  compoundsWith(stem: string): string[] {
    return this.#compounds.get(stem) ?? []
  }

  /** How many meanings lie below one, with itself. */
  size(meaning: Meaning): number {
    const known = this.#sizes.get(meaning.id)
    if (known !== undefined) return known
    this.#sizes.set(meaning.id, 1)
    const size = this.#all(meaning.narrower).reduce((sum, below) => sum + this.size(below), 1)
    this.#sizes.set(meaning.id, size)
    return size
  }

  /** A meaning and those below it, so many steps down. */
  below(meaning: Meaning, steps: number): Meaning[] {
    return steps === 0
      ? [meaning]
      : [meaning, ...this.#all(meaning.narrower).flatMap((next) => this.below(next, steps - 1))]
  }

  broader(meaning: Meaning): Meaning[] {
    return this.#all(meaning.broader)
  }

  derived(meaning: Meaning): Meaning[] {
    return this.#all(meaning.derived)
  }

  /** The stems around a meaning: of its own words, of meanings next to it, and of its definition. */
  neighbours(meaning: Meaning): Set<string> {
    const known = this.#neighbours.get(meaning.id)
    if (known) return known
    const near = [
      ...(this.size(meaning) < 200 ? this.below(meaning, 2) : [meaning]),
      ...this.derived(meaning),
      ...this.broader(meaning).flatMap((next) => (this.size(next) < 60 ? this.below(next, 1) : [next])),
    ]
    const found = new Set([...near.flatMap(stemsOfMeaning), ...contentStems(meaning.gloss)])
    this.#neighbours.set(meaning.id, found)
    return found
  }

  #usesOf(lemma: string): number {
    return (this.#uses.get(lemma) ?? []).reduce((sum, { uses }) => sum + uses, 0)
  }

  #all(ids: string[]): Meaning[] {
    return ids.flatMap((id) => this.#meanings.get(id) ?? [])
  }
}

/** The stems of all words of a meaning's lemmas. */
export const stemsOfMeaning = ({ lemmas }: Meaning): string[] =>
  lemmas.flatMap((lemma) => lemma.toLowerCase().split(' ').map(stemOf))

function add(map: Map<string, string[]>, key: string, value: string): void {
  const values = map.get(key)
  if (values) values.push(value)
  else map.set(key, [value])
}
