import { stemmer as frenchStem } from '@orama/stemmers/french'
import { stemmer as russianStem } from '@orama/stemmers/russian'
import { stemmer as spanishStem } from '@orama/stemmers/spanish'
import { stemmer as ukrainianStem } from '@orama/stemmers/ukrainian'
import { type Lexeme, lexemePlaces } from '../tokens.ts'
import { type ArabicForm, arabicForms } from './arabic-forms.ts'
import type { Language } from './language.ts'

/** A word in a language, with all that it may be where more than one form is possible; the first form is its own. */
export type LexemeInLanguage = Lexeme & { forms?: ArabicForm[] }

/**
 * A word in a language: without what the language writes together with it, and with its stem (Snowball's). English has them
 * already. The same lexeme comes for the same word.
 */
export function lexemeIn(language: Language, lexeme: Lexeme): LexemeInLanguage {
  if (language === 'en') return lexeme
  const known = cacheOf(language)
  const last = lexeme.place < 0 ? undefined : known[lexeme.place]
  if (last?.english === lexeme) return last.own
  const own = ownLexeme(language, lexeme)
  if (lexeme.place >= 0) known[lexeme.place] = { english: lexeme, own }
  return own
}

type Known = { english: Lexeme; own: LexemeInLanguage }
const caches = new Map<Language, (Known | undefined)[]>()

function cacheOf(language: Language): (Known | undefined)[] {
  const cache = caches.get(language) ?? new Array<Known | undefined>(lexemePlaces).fill(undefined)
  caches.set(language, cache)
  return cache
}

function ownLexeme(language: Exclude<Language, 'en'>, lexeme: Lexeme): LexemeInLanguage {
  if (language === 'ar') return arabicLexeme(lexeme)
  const { bare, stem } = forms[language]
  const word = bare(lexeme.word)
  return { ...lexeme, word, stem: word.length > maxStemmed ? word : stem(word) }
}

function arabicLexeme(lexeme: Lexeme): LexemeInLanguage {
  if (lexeme.word.length > maxStemmed) return lexeme
  const forms = arabicForms(lexeme.word)
  return { ...lexeme, ...forms[0], forms }
}

/** A longer word is none, and the stemmers take more than linear time. */
const maxStemmed = 40

type Forms = { bare: (word: string) => string; stem: (word: string) => string }

const same = (word: string): string => word

const forms: Record<Exclude<Language, 'en' | 'ar'>, Forms> = {
  uk: { bare: same, stem: ukrainianStem },
  ru: { bare: (word) => word.replaceAll('ё', 'е'), stem: russianStem },
  fr: { bare: (word) => word.replace(elided, ''), stem: (word) => withoutAccents(frenchStem(word)) },
  es: { bare: same, stem: spanishStem },
}

/** `l'eau`, `qu'elle`: the article or the pronoun is no part of the word. */
const elided = /^(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)'/

/** French capitals often lack their accents: `Etats-Unis`, `Evacuation`. */
const withoutAccents = (stem: string): string => stem.normalize('NFD').replace(/\p{M}/gu, '')
