import { withSingleBlanks } from '../../../platform/text/single-blanks.ts'
import { sentencesOf } from '../takeaways/sentences.ts'
import { arabicFurnitureWords } from './arabic-furniture.ts'
import { type Block, sliceRuns, textOf } from './block.ts'
import {
  authorWords,
  biographies,
  captionEnd,
  footers,
  furnitureAnywhere,
  furnitureSentences,
  furnitureStarts,
  halfSentence,
  invitationWords,
  notices,
  otherSentenceWords,
  sentenceWords,
} from './furniture-lines.ts'
import { romanceFurniture } from './romance-furniture.ts'
import { slavicFurnitureWords } from './slavic-furniture.ts'

/**
 * Why a block is boilerplate: `sure` by its words, `caption` because it ends in a credit, `menu` because it is nothing
 * but a link. The last two are read where a text has nothing else.
 */
export type Boilerplate = 'sure' | 'caption' | 'menu' | null

/**
 * Whether a block belongs to the page around a report: share links, sign-up boxes, cookie notices, map links, menus,
 * captions, the footers of blog programs.
 */
export function boilerplateOf(block: Block, raw = textOf(block.runs)): Boilerplate {
  if (!/[\p{L}\p{N}]/u.test(raw)) return 'sure'
  if (block.kind === 'notes' || raw.length > 700) return null
  const text = withSingleBlanks(raw).trim()
  if (text.length > 600) return null
  if (isFurniture(text)) return 'sure'
  if (block.kind !== 'heading' && text.length <= 400 && captionEnd.test(text.slice(-120))) return 'caption'
  return isMenuEntry(block, text) ? 'menu' : null
}

function isFurniture(text: string): boolean {
  if (starts.test(text) || footers.some((pattern) => pattern.test(text))) return true
  if (authorWords.test(text.slice(0, 60)) && biographies.some((pattern) => pattern.test(text))) return true
  return invitationWords.test(text) && furnitureAnywhere.some((pattern) => pattern.test(text))
}

/** One expression of many: the engine compares the first letters of all of them at once. */
const starts = new RegExp(
  [...furnitureStarts, ...notices, ...romanceFurniture].map(({ source }) => source).join('|'),
  'iu',
)

/** Whether a block is a short line that is a link as a whole, and no sentence. */
function isMenuEntry(block: Block, text: string): boolean {
  if (block.kind === 'heading' || text.length > 60 || /[.!?]["”’)]*$/.test(text)) return false
  return block.runs.every((run) => run.link !== null || run.mark || !/[\p{L}\p{N}]/u.test(run.text))
}

/**
 * A block without its sentences about the report, its makers or its readers; null where no other is left. A sponsor's
 * line takes its paragraph with it.
 */
export function withoutFurnitureSentences(block: Block, text = textOf(block.runs)): Block | null {
  if (block.kind === 'notes' || block.kind === 'heading') return block
  if (!mayBeFurniture(text.length > 400 ? text.slice(-120) : text)) return block
  const sentences = sentencesOf(text)
  const isCut = sentences.map(({ start, end }, i) => {
    const sentence = text.slice(start, end)
    return isFurnitureSentence(sentence) || (i > 0 && halfSentence.test(sentence.slice(-20)))
  })
  if (!isCut.includes(true)) return block
  if ((text.length <= 400 && sponsor.test(text)) || !isCut.includes(false)) return null
  const ranges = sentences.map(({ start, end }, i): [number, number] => [sentences[i - 1]?.end ?? start, end])
  const kept = ranges.filter((_, i) => !isCut[i])
  return { ...block, runs: sliceRuns(block.runs, kept).flat() }
}

const mayBeFurniture = (text: string) =>
  sentenceWords.test(text) ||
  (/[\u0400-\u06ff]/.test(text) &&
    [otherSentenceWords, slavicFurnitureWords, arabicFurnitureWords].some((words) => words.test(text)))

const sponsor = /\bbrought to you by\b|^(?:sponsored|presented) by\b/i

function isFurnitureSentence(sentence: string): boolean {
  const text = sentence.slice(0, 600)
  return furnitureSentences.some((pattern) => pattern.test(text))
}
