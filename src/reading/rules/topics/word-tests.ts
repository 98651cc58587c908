import type { ArabicForm } from '../languages/arabic-forms.ts'
import type { Language } from '../languages/language.ts'
import { type LexemeInLanguage, lexemeIn } from '../languages/word-forms.ts'
import { tokensOf } from '../tokens.ts'

/** How a word of a phrase is compared with a word of a text: by its stem, by its exact form, or as a prefix. */
type WordTest = { by: 'stem' | 'form' | 'prefix'; word: string }

/**
 * The words of a phrase: `=port` is that form only, `peacekeep*` is any word that begins so, `plant` is any inflection.
 */
export function wordTestsOf(phrase: string, language: Language): WordTest[] {
  return phrase.split(/[\s-]+/).flatMap((written) =>
    tokensOf(written).map(({ lexeme }): WordTest => {
      const { word, stem } = lexemeIn(language, lexeme)
      if (written.endsWith('*')) return { by: 'prefix', word }
      return written.startsWith('=') ? { by: 'form', word } : { by: 'stem', word: stem }
    }),
  )
}

/** The different tests of all phrases, each with a number. */
export class WordTests {
  #numbers = { stem: new Map<string, number>(), form: new Map<string, number>(), prefix: new Map<string, number>() }
  #count = 0
  #longestPrefix = 0

  numberOf({ by, word }: WordTest): number {
    const known = this.#numbers[by].get(word)
    if (known !== undefined) return known
    if (by === 'prefix') this.#longestPrefix = Math.max(this.#longestPrefix, word.length)
    this.#numbers[by].set(word, this.#count)
    return this.#count++
  }

  /** The numbers of the tests that a word passes in any of its forms. */
  passedBy(lexeme: LexemeInLanguage): number[] {
    if (!lexeme.forms) return this.#passedByForm(lexeme)
    return [...new Set(lexeme.forms.flatMap((form) => this.#passedByForm(form)))]
  }

  #passedByForm({ word, stem }: ArabicForm): number[] {
    const { stem: stems, form: forms, prefix: prefixes } = this.#numbers
    const passed = [stems.get(stem), forms.get(word)]
    for (let length = Math.min(word.length, this.#longestPrefix); length > 0; length--)
      passed.push(prefixes.get(word.slice(0, length)))
    return passed.filter((number) => number !== undefined)
  }
}
