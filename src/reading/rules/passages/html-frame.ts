import type { PassageKind } from '../types.ts'
import { WordSet } from '../word-set.ts'
import { type FurnitureClass, furnitureClass, isNotesClass } from './html-regions.ts'

/**
 * What an open element means for the text in it: inherited from its parent, then changed by its own name and
 * attributes.
 */
export type HtmlFrame = {
  kind: PassageKind
  level: number
  /** The number of the outermost list item; 0 outside of lists. */
  item: number
  bold: boolean
  /** Raised, as a footnote mark is. */
  mark: boolean
  link: string | null
  skipped: boolean
  /** Within the article of the page. */
  main: boolean
  preformatted: boolean
  /** Begins and ends a block. */
  breaks: boolean
  /** How many elements that begin blocks hold the text. */
  depth: number
  /** A cell of a table. */
  cell: boolean
  /** An inline frame, of which the parser gives the markup as text. */
  raw: boolean
  /** A table as a whole: the text before it and after it is no part of a list in it. */
  table: boolean
  /** What its class calls the element that begins here: furniture of the page, or null. */
  furniture: FurnitureClass | null
  /** The region of furniture that holds it; 0 is the page itself. */
  region: number
  /** Set in a font of signs, whose letters are bullets. */
  signs: boolean
}

export const rootFrame: HtmlFrame = {
  kind: 'paragraph',
  level: 0,
  item: 0,
  bold: false,
  mark: false,
  link: null,
  skipped: false,
  main: false,
  preformatted: false,
  breaks: false,
  depth: 0,
  cell: false,
  raw: false,
  table: false,
  furniture: null,
  region: 0,
  signs: false,
}

/** The frame of an element within the frame of its parent. */
export function htmlFrameFor(name: string, attributes: Record<string, string>, parent: HtmlFrame): HtmlFrame {
  const style = attributes.style ?? ''
  const breaks = blockElements.has(name)
  const { kind, level } = blockOf(name, style, attributes.class, parent)
  return {
    kind,
    level,
    item: parent.item,
    region: parent.region,
    bold: isBold(name, style, parent),
    mark: parent.mark || name === 'sup' || (style !== '' && /\bvertical-align:\s*super/i.test(style)),
    link: name === 'a' ? (attributes.href ?? null) : parent.link,
    skipped: parent.skipped || isSkipped(name, attributes),
    main: parent.main || name === 'main' || name === 'article' || attributes.role === 'main',
    preformatted: parent.preformatted || name === 'pre',
    breaks,
    depth: parent.depth + (breaks ? 1 : 0),
    cell: name === 'td' || name === 'th',
    raw: name === 'iframe',
    table: name === 'table',
    furniture: reportElements.has(name) ? null : furnitureClass(attributes.class),
    signs: parent.signs || isSignFont(style, attributes.face),
  }
}

function isSignFont(style: string, face: string | undefined): boolean {
  if (face !== undefined && /^(?:wingdings|symbol|webdings)/i.test(face)) return true
  return style.length > 16 && /font-family:\s*["']?(?:wingdings|symbol|webdings)/i.test(style)
}

/** The kind of block that an element makes of its text, and its level; those of its parent where it makes none. */
function blockOf(
  name: string,
  style: string,
  className: string | undefined,
  parent: HtmlFrame,
): Pick<HtmlFrame, 'kind' | 'level'> {
  const { kind, level } = parent
  if (kind === 'notes' || isNotesClass(name, className)) return { kind: 'notes', level: 0 }
  if (name.length === 2 && /^h[1-6]$/.test(name)) return { kind: 'heading', level: Number(name[1]) }
  if (name === 'li') return { kind: 'item', level: parent.item > 0 ? parent.level + 1 : 1 }
  if (parent.item > 0 || kind === 'heading') return { kind, level }
  if (name === 'tr') return { kind: 'row', level }
  if (name === 'blockquote' || (className && /\bpull-?quote\b/i.test(className))) return { kind: 'quote', level }
  const wordList = style === '' ? null : /\bmso-list:\s*l\d+\s+level(\d)/i.exec(style)
  return wordList ? { kind: 'item', level: Number(wordList[1]) } : { kind, level }
}

function isBold(name: string, style: string, parent: HtmlFrame): boolean {
  const weight = style === '' ? undefined : /\bfont-weight:\s*(bold|[1-9]00|normal)/i.exec(style)?.[1]?.toLowerCase()
  if (weight) return weight === 'bold' || Number(weight) >= 600
  return parent.bold || name === 'b' || name === 'strong'
}

function isSkipped(name: string, attributes: Record<string, string>): boolean {
  if (skippedElements.has(name) || 'hidden' in attributes || attributes['aria-hidden'] === 'true') return true
  const { role, style } = attributes
  return role === 'navigation' || (style !== undefined && /\bdisplay:\s*none/i.test(style))
}

/** Elements that begin a new block. */
const blockElements = new WordSet(
  (
    'address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer form ' +
    'h1 h2 h3 h4 h5 h6 header hr html li main nav ol p pre section summary table tbody tfoot thead tr ul'
  ).split(' '),
)

const skippedElements = new WordSet(
  'script style noscript template svg math nav footer button select option textarea title figcaption'.split(' '),
)

/** Elements that hold the report itself and are read whatever their class. */
const reportElements = new WordSet(['html', 'body', 'main', 'article'])
