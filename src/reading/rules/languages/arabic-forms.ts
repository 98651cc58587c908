import { withEuropeanDigits } from '../../../platform/text/european-digits.ts'
import { brokenPlurals } from './arabic-plurals.ts'
import { withoutArabicSigns } from './arabic-signs.ts'

/** A form that a written word may stand for, and its stem. */
export type ArabicForm = { word: string; stem: string }

/**
 * What an Arabic word may be: conjunctions (و ف), prepositions (ب ل ك), the article, the signs of the future and of the present
 * tense and the suffixed pronouns are written together with the word, and only its sense tells them from its own letters.
 * The first form is the word without its article, as a phrase of a rule means it.
 *
 * The stem is a light one (Larkey, Ballesteros and Connell 2002, "Improving stemming for Arabic information retrieval"): it
 * loses the endings of gender, number and person. The root is kept apart: إضراب (strike of workers) and ضرب (blow) share one.
 */
export function arabicForms(written: string): ArabicForm[] {
  const starts = startsOf(withoutArabicSigns(written))
  const words = new Set(starts.flatMap((start) => endsOf(sameLetters(start))))
  return [...words].map((word) => ({ word, stem: arabicStem(word) }))
}

/** The word without its article, the whole word, and the word behind each particle that it may begin with. */
function startsOf(word: string): string[] {
  const behind = [word, ...after(word, /^[وف](?=.{3})/)]
  const nouns = behind.flatMap((each) => [
    ...after(each, /^(?:ال|[بك]ال)(?=..)/),
    ...after(each, /^لل(?=...)/),
    ...after(each, /^[بلك](?=...)/),
  ])
  const verbs = behind.flatMap((each) => presentTense(each.replace(/^س(?=[يتن].{3})/, '')))
  return [...after(word, /^ال(?=..)/), ...behind, ...nouns, ...verbs]
}

const after = (word: string, particle: RegExp): string[] => (particle.test(word) ? [word.replace(particle, '')] : [])

/** The past tense of what may be a present one, and its masculine: يقصف is of قصف, يستهدف of استهدف, تبيت of يبيت. */
function presentTense(word: string): string[] {
  const rest = /^[يت](.{3,})$/.exec(word)?.[1]
  return rest ? [word, rest, `ا${rest}`, `ي${rest}`] : [word]
}

/** Letters that writers exchange, and digits, as one. */
const sameLetters = (word: string): string =>
  withEuropeanDigits(word)
    .replace(/[أإآٱ]/g, 'ا')
    .replace(/ى/g, 'ي')
    .replace(/[ؤئ]/g, 'ء')

/** The word, and the word without its pronoun: منازلهم is of منازل. */
const endsOf = (word: string): string[] => [word, ...after(word, noPronoun).map(() => word.replace(pronoun, ''))]

const pronoun = /(?:هما|ها|هم|هن|كم|نا|ه)$/
const noPronoun = /^.{3,}(?:هما|ها|هم|هن|كم|نا|ه)$/

/** A word without the ending of gender, number or person; a broken plural becomes its singular. */
function arabicStem(word: string): string {
  const singular = singulars.get(word) ?? word
  return singular.replace(endings, '')
}

/** At least three letters stay. */
const endings = /(?<=...)(?:ات|تان|تين|ون|ين|ان|وا|[ةتا])$/

const singulars = new Map(
  Object.entries(brokenPlurals).map(([plural, singular]) => [sameLetters(plural), sameLetters(singular)]),
)
