import type { PassageKind } from '../types.ts'
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
  return {
    ...parent,
    ...blockOf(name, style, attributes.class, parent),
    bold: isBold(name, style, parent),
    mark: parent.mark || name === 'sup' || /\bvertical-align:\s*super/i.test(style),
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

function blockOf(name: string, style: string, className: string | undefined, parent: HtmlFrame): Partial<HtmlFrame> {
  if (parent.kind === 'notes' || isNotesClass(name, className)) return { kind: 'notes', level: 0 }
  if (/^h[1-6]$/.test(name)) return { kind: 'heading', level: Number(name[1]) }
  if (name === 'li') return { kind: 'item', level: parent.item > 0 ? parent.level + 1 : 1 }
  if (parent.item > 0 || parent.kind === 'heading') return {}
  if (name === 'tr') return { kind: 'row' }
  if (name === 'blockquote' || /\bpull-?quote\b/i.test(className ?? '')) return { kind: 'quote' }
  const wordList = /\bmso-list:\s*l\d+\s+level(\d)/i.exec(style)
  return wordList ? { kind: 'item', level: Number(wordList[1]) } : {}
}

function isBold(name: string, style: string, parent: HtmlFrame): boolean {
  const weight = /\bfont-weight:\s*(bold|[1-9]00|normal)/i.exec(style)?.[1]?.toLowerCase()
  if (weight) return weight === 'bold' || Number(weight) >= 600
  return parent.bold || name === 'b' || name === 'strong'
}

function isSkipped(name: string, attributes: Record<string, string>): boolean {
  if (skippedElements.has(name) || 'hidden' in attributes || attributes['aria-hidden'] === 'true') return true
  return attributes.role === 'navigation' || /\bdisplay:\s*none/i.test(attributes.style ?? '')
}

/** Elements that begin a new block. */
const blockElements = new Set(
  (
    'address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer form ' +
    'h1 h2 h3 h4 h5 h6 header hr html li main nav ol p pre section summary table tbody tfoot thead tr ul'
  ).split(' '),
)

const skippedElements = new Set(
  'script style noscript template svg math nav footer button select option textarea title figcaption'.split(' '),
)

/** Elements that hold the report itself and are read whatever their class. */
const reportElements = new Set(['html', 'body', 'main', 'article'])
