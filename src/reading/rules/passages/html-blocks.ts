import { Parser } from 'htmlparser2'
import { addRun, type Block, maxBlocks, textOf, textRun } from './block.ts'
import { type HtmlFrame, htmlFrameFor, rootFrame } from './html-frame.ts'
import { HtmlRegions } from './html-regions.ts'
import { cellSeparator } from './table-rows.ts'

/** Deeper nesting is broken markup: reading continues at the root. */
const maxDepth = 1_000
/**
 * The depth is checked after so many characters. The parser searches its stack at every closing tag: it must stay
 * small.
 */
const chunkLength = 4_096

/** Reads HTML, a fragment or a full page, into blocks. Any string is accepted; the time is linear in its length. */
export function htmlBlocks(html: string): Block[] {
  const reader = new HtmlReader()
  const parser = new Parser({
    onopentag: (name, attributes) => reader.open(name, attributes),
    onclosetag: () => reader.close(),
    ontext: (text) => reader.text(text),
  })
  for (let offset = 0; offset < html.length && reader.blockCount < maxBlocks; ) {
    const end = nextTag(html, offset + chunkLength)
    parser.write(html.slice(offset, end))
    offset = end
    if (reader.depth > maxDepth) {
      parser.reset()
      reader.reset()
    }
  }
  parser.end()
  return reader.blocks()
}

/** A chunk ends before a tag, so that a reset never leaves half a tag as text. */
function nextTag(html: string, from: number): number {
  const tag = html.indexOf('<', from)
  return tag < 0 ? html.length : tag
}

/** A block; `main` says that it stands within the article of the page, `region` in which part of its furniture. */
type HtmlBlock = Block & { main: boolean; region: number }

class HtmlReader {
  #frames: HtmlFrame[] = [rootFrame]
  #blocks: HtmlBlock[] = []
  #current: HtmlBlock | null = null
  #items = 0
  #gap = false
  #noteNumber: string | null = null
  #regions = new HtmlRegions()

  get blockCount(): number {
    return this.#blocks.length
  }

  get depth(): number {
    return this.#frames.length
  }

  open(name: string, attributes: Record<string, string>): void {
    const parent = this.#frames.at(-1) ?? rootFrame
    const frame = htmlFrameFor(name, attributes, parent)
    if (frame.breaks) this.#current = null
    if (frame.breaks) this.#noteNumber = noteNumberOf(attributes.id) ?? this.#noteNumber
    if (frame.furniture && !frame.skipped) frame.region = this.#regions.open(parent.region, frame.furniture)
    if (name === 'li' && parent.item === 0) frame.item = ++this.#items
    if (name === 'img' || name === 'hr' || name === 'table') this.#addGap()
    if (name === 'br') this.#append('\n', parent)
    if (frame.cell && this.#current) this.#append(cellSeparator, frame)
    this.#frames.push(frame)
  }

  close(): void {
    const frame = this.#frames.length > 1 ? this.#frames.pop() : null
    if (frame?.breaks) this.#current = null
    if (frame?.table) this.#addGap()
  }

  text(text: string): void {
    const frame = this.#frames.at(-1) ?? rootFrame
    if (frame.skipped) return
    if (frame.signs && /^\s*\S\s*$/.test(text)) this.#append('• ', frame)
    else
      this.#append(
        frame.preformatted
          ? text
          : oneLine(frame.raw ? text.replace(tag, (name) => (inlineTag.test(name) ? '' : ' ')) : text),
        frame,
      )
  }

  /** Continues at the root, as if all elements were closed. */
  reset(): void {
    this.#frames = [rootFrame]
    this.#current = null
  }

  /** The blocks of the article where the page marks one, unless it holds less than a quarter of the text. */
  blocks(): Block[] {
    for (const { region, runs } of this.#blocks) this.#regions.add(region, textOf(runs))
    const cut = this.#regions.cut()
    const blocks = cut.size === 0 ? this.#blocks : this.#blocks.filter(({ region }) => !cut.has(region))
    const main = blocks.filter((block) => block.main)
    return lengthOf(main) * 4 >= lengthOf(blocks) ? main : blocks
  }

  #addGap(): void {
    this.#gap = true
    this.#current = null
  }

  #append(text: string, frame: HtmlFrame): void {
    if (frame.skipped || text === '') return
    if (!this.#current) {
      if (text.trim() === '') return
      const { kind, level, item, depth, main, region } = frame
      this.#current = { kind, level, item, depth, main, region, gap: this.#gap, runs: [] }
      if (this.#noteNumber && !/^\s*\[/.test(text)) this.#current.runs.push(textRun(`[${this.#noteNumber}] `))
      this.#noteNumber = null
      this.#blocks.push(this.#current)
      this.#gap = false
    }
    const { bold, link, mark } = frame
    addRun(this.#current.runs, { text, bold, link, mark })
  }
}

const lengthOf = (blocks: Block[]) =>
  blocks.reduce((sum, { runs }) => sum + runs.reduce((length, run) => length + run.text.length, 0), 0)

/** The number of a footnote that shows none, by the id that its mark links to: `fn1`, `_edn1`, `cite_note-1`. */
function noteNumberOf(id: string | undefined): string | null {
  return id ? (/^_?(?:fn|edn|ftn|footnote|endnote|cite_note|note)[-_:]*(\d{1,3})$/i.exec(id)?.[1] ?? null) : null
}

const tag = /<[^<>]{0,300}>/g
const inlineTag = /^<\/?(?:a|b|i|em|strong|span|u)\b/i

/** In HTML a line break of the source is a blank; real line breaks come from `br` and `pre`. A hard blank stays. */
function oneLine(text: string): string {
  return / {2}|[^\S \u00a0]/.test(text) ? text.replace(/[^\S\u00a0]+/g, ' ') : text
}
