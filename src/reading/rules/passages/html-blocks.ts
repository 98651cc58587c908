import { Parser } from 'htmlparser2'
import { addRun, type Block, mostBlocks, textRun } from './block.ts'
import { type HtmlFrame, htmlFrameFor, rootFrame } from './html-frame.ts'

/** An element nested deeper than this is taken as broken markup and starts afresh at the root. */
const deepest = 1_000
/** Small enough that the parser's own stack, searched at every closing tag, stays small between two looks at the depth. */
const bite = 4_096

/** Reads HTML, a fragment or a full page, into blocks; any string is accepted, in time linear in its length. */
export function htmlBlocks(html: string): Block[] {
  const reader = new HtmlReader()
  const parser = new Parser({
    onopentag: (name, attributes) => reader.open(name, attributes),
    onclosetag: () => reader.close(),
    ontext: (text) => reader.text(text),
  })
  for (let at = 0; at < html.length && reader.found < mostBlocks; ) {
    const next = nextTag(html, at + bite)
    parser.write(html.slice(at, next))
    at = next
    if (reader.depth > deepest) {
      parser.reset()
      reader.surface()
    }
  }
  parser.end()
  return reader.blocks()
}

/** A bite ends before a tag, so that starting afresh never leaves half of one as text. */
function nextTag(html: string, from: number): number {
  const tag = html.indexOf('<', from)
  return tag < 0 ? html.length : tag
}

type Found = Block & { main: boolean }

class HtmlReader {
  #frames: HtmlFrame[] = [rootFrame]
  #found: Found[] = []
  #current: Found | null = null
  #items = 0
  #gap = false
  #note: string | null = null

  get found(): number {
    return this.#found.length
  }

  get depth(): number {
    return this.#frames.length
  }

  open(name: string, attributes: Record<string, string>): void {
    const parent = this.#frames.at(-1) ?? rootFrame
    const frame = htmlFrameFor(name, attributes, parent)
    if (frame.breaks) this.#current = null
    if (frame.breaks) this.#note = noteOf(attributes.id) ?? this.#note
    if (name === 'li' && parent.item === 0) frame.item = ++this.#items
    if (name === 'img' || name === 'hr') this.#separate()
    if (name === 'br') this.#append('\n', parent)
    if (frame.cell && this.#current) this.#append(' | ', frame)
    this.#frames.push(frame)
  }

  close(): void {
    const frame = this.#frames.length > 1 ? this.#frames.pop() : null
    if (frame?.breaks) this.#current = null
  }

  text(text: string): void {
    const frame = this.#frames.at(-1) ?? rootFrame
    this.#append(frame.preformatted ? text : oneLine(text), frame)
  }

  surface(): void {
    this.#frames = [rootFrame]
    this.#current = null
  }

  /** A page that marks its article gives the article alone, unless that holds only a sliver of the text. */
  blocks(): Block[] {
    const length = (blocks: Found[]) =>
      blocks.reduce((sum, b) => sum + b.runs.reduce((n, r) => n + r.text.length, 0), 0)
    const main = this.#found.filter((b) => b.main)
    return length(main) * 4 >= length(this.#found) ? main : this.#found
  }

  #separate(): void {
    this.#gap = true
    this.#current = null
  }

  #append(text: string, frame: HtmlFrame): void {
    if (frame.skipped || text === '') return
    if (!this.#current) {
      if (text.trim() === '') return
      const { kind, level, item, main } = frame
      this.#current = { kind, level, item, main, gap: this.#gap, runs: [] }
      if (this.#note && !/^\s*\[/.test(text)) this.#current.runs.push(textRun(`[${this.#note}] `))
      this.#note = null
      this.#found.push(this.#current)
      this.#gap = false
    }
    const { bold, link, mark } = frame
    addRun(this.#current.runs, { text, bold, link, mark })
  }
}

/** The number of a footnote that shows none, by the id that its mark leads to: `fn1`, `_edn1`, `cite_note-1`. */
function noteOf(id: string | undefined): string | null {
  return /^_?(?:fn|edn|ftn|footnote|endnote|cite_note|note)[-_:]*(\d{1,3})$/i.exec(id ?? '')?.[1] ?? null
}

/** In HTML a line break in the source is a blank; those that count come from `br` and `pre`. */
function oneLine(text: string): string {
  return /[^\S ]|\s{2}/.test(text) ? text.replace(/\s+/g, ' ') : text
}
