import type { PassageKind } from '../types.ts'

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
  /** A cell of a table. */
  cell: boolean
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
  cell: false,
}

/** The frame of an element within the frame of its parent. */
export function htmlFrameFor(name: string, attributes: Record<string, string>, parent: HtmlFrame): HtmlFrame {
  const style = attributes.style ?? ''
  return {
    ...parent,
    ...blockOf(name, style, parent),
    bold: isBold(name, style, parent),
    mark: parent.mark || name === 'sup' || /\bvertical-align:\s*super/i.test(style),
    link: name === 'a' ? (attributes.href ?? null) : parent.link,
    skipped: parent.skipped || isSkipped(name, attributes),
    main: parent.main || name === 'main' || name === 'article' || attributes.role === 'main',
    preformatted: parent.preformatted || name === 'pre',
    breaks: blockElements.has(name),
    cell: name === 'td' || name === 'th',
  }
}

function blockOf(name: string, style: string, parent: HtmlFrame): Partial<HtmlFrame> {
  if (/^h[1-6]$/.test(name)) return { kind: 'heading', level: Number(name[1]) }
  if (name === 'li') return { kind: 'item', level: parent.item > 0 ? parent.level + 1 : 1 }
  if (parent.item > 0 || parent.kind === 'heading') return {}
  if (name === 'tr') return { kind: 'row' }
  if (name === 'blockquote') return { kind: 'quote' }
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
  if (attributes.role === 'navigation' || /\bdisplay:\s*none/i.test(attributes.style ?? '')) return true
  if (reportElements.has(name)) return false
  const classWords = (attributes.class ?? '').toLowerCase().split(/[^a-z]+/)
  return classWords.some((word) => skippedClasses.has(word))
}

/** Elements that begin a new block. */
const blockElements = new Set(
  (
    'address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer form ' +
    'h1 h2 h3 h4 h5 h6 header hr html li main nav ol p pre section summary table tbody tfoot thead tr ul'
  ).split(' '),
)

const skippedElements = new Set(
  'script style noscript template svg math nav footer button select option textarea iframe object title figcaption'.split(
    ' ',
  ),
)

/** Elements that hold the report itself and are read whatever their class. */
const reportElements = new Set(['html', 'body', 'main', 'article'])

/** Words in the class of elements that belong to the page around a report. */
const skippedClasses = new Set(
  'breadcrumb breadcrumbs cookie cookies newsletter pagination share sharing subscribe'.split(' '),
)
