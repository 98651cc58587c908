import { tokensOf } from './tokens.ts'

/** How one word of a phrase is told in a text: by its stem, by that very form, or by how it begins. */
export type WordTest = { by: 'stem' | 'form' | 'prefix'; word: string }

/** The words of a written phrase: `=port` that form only, `peacekeep*` whatever begins so, `plant` in every inflection. */
export function wordTestsOf(phrase: string): WordTest[] {
  return phrase.split(/[\s-]+/).flatMap((written) =>
    tokensOf(written).map(({ lexeme: { word, stem } }): WordTest => {
      if (written.endsWith('*')) return { by: 'prefix', word }
      return written.startsWith('=') ? { by: 'form', word } : { by: 'stem', word: stem }
    }),
  )
}
