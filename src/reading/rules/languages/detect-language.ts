import { withoutTags } from '../../../platform/text/html-to-text.ts'
import { tokensOf } from '../tokens.ts'
import type { Source } from '../types.ts'
import { primaryOfTag } from './language.ts'

/** A report with the language that its words tell, or else its feed. */
export async function inItsLanguage<T extends Source>(source: T): Promise<T & { language: string }> {
  return { ...source, language: await detectLanguage(source) }
}

/**
 * The language of a report as a code of ISO 639-1, such as `uk`: what its words say, and where these are too few, what its
 * feed declares. `en` where nothing says anything.
 */
export async function detectLanguage(source: Source): Promise<string> {
  const text = sampleOf(source)
  if (isPlainEnglish(text)) return 'en'
  const declared = primaryOfTag(source.language)
  const letters = text.match(/\p{L}/gu)?.length ?? 0
  if (letters === 0) return declared ?? 'en'
  // The detector takes 30 MB and half a second to load: who reads English only does without it.
  const { eld } = await import('eld/extrasmall')
  const found = eld.detect(text)
  const scores = found.getScores()
  const best = scores[found.language] ?? 0
  const isNearlyBest = declared !== undefined && (scores[declared] ?? 0) >= nearlyBest * best
  if (isNearlyBest || letters < minLetters || found.language === '') return declared ?? (found.language || 'en')
  return found.language
}

/** The title and the beginning of the text; the head and the menus of a page are passed over by their length only. */
function sampleOf(source: Source): string {
  const text = 'html' in source ? textOf(source.html) : 'markdown' in source ? source.markdown : source.text
  return `${source.title ?? ''}\n${text.slice(0, maxLength)}`
}

const textOf = (html: string): string =>
  withoutTags(html.slice(0, maxMarkup).replace(/<(script|style)\b[\s\S]*?<\/\1>/gi, ' '))
    .replace(/&[#\w]+;/g, ' ')
    .trim()

const maxLength = 4_000
const maxMarkup = 40_000

const nearlyBest = 0.85
/** What fewer letters say is less than what the feed declares. */
const minLetters = 25

/** Whether a fifth of the words are the commonest ones of English, of which no other language has so many. */
function isPlainEnglish(text: string): boolean {
  const words = tokensOf(text)
  const common = words.filter(({ lexeme }) => lexeme.common && lexeme.word.length > 1)
  return words.length >= minWords && common.length >= words.length / 5
}

const minWords = 5
