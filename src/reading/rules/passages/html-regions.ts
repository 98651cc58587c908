import { WordSet } from '../word-set.ts'

/**
 * Parts of a page that its markup calls furniture: boxes to share, to subscribe, to comment, related stories. A region
 * that holds another one counts its text too.
 */
export type FurnitureClass = 'box' | 'elsewhere'

type Region = { parent: number; kind: FurnitureClass; length: number; sentences: number }

/** The regions of furniture of one page, and how much text each holds. Region 0 is the page itself. */
export class HtmlRegions {
  #regions: Region[] = [{ parent: -1, kind: 'box', length: 0, sentences: 0 }]

  open(parent: number, kind: FurnitureClass): number {
    return this.#regions.push({ parent, kind, length: 0, sentences: 0 }) - 1
  }

  add(region: number, text: string): void {
    const own = this.#regions[region]
    if (!own) return
    own.length += text.length
    if (text.length > 40 && /[.!?…]["”’)]*\s*$/.test(text.slice(-12))) own.sentences += 1
  }

  /**
   * The regions that are cut. What is cut is a small part of the page, or holds no sentence, or is known to be about
   * other stories: a report whose wrapper is called `newsletter` is no furniture.
   */
  cut(): Set<number> {
    for (let i = this.#regions.length - 1; i > 0; i--) {
      const [region, parent] = [this.#regions[i], this.#regions[this.#regions[i]?.parent ?? 0]]
      if (region && parent)
        [parent.length, parent.sentences] = [parent.length + region.length, parent.sentences + region.sentences]
    }
    const cut = new Set<number>()
    for (const [i, region] of this.#regions.entries()) {
      if (i > 0 && (cut.has(region.parent) || this.#isFurniture(region))) cut.add(i)
    }
    return cut
  }

  #isFurniture({ kind, length, sentences }: Region): boolean {
    const page = this.#regions[0]
    const total = page?.length ?? 0
    const rest = total - length
    if (length <= total * 0.3 || (sentences === 0 && (page?.sentences ?? 0) > 0)) return true
    return kind === 'elsewhere' ? rest >= 200 || (page?.sentences ?? 0) > sentences : length <= 300 && rest >= length
  }
}

/** Words in the class of boxes around a report. */
const boxWords = new WordSet(
  (
    'breadcrumb breadcrumbs cookie cookies newsletter pagination share sharing sharedaddy subscribe subscription signup social ' +
    'advert advertisement ads adslot promo sponsor sponsored donate paywall caption credit toolbar'
  ).split(' '),
)

/** Words in the class of what belongs to other stories or other people. */
const elsewhere =
  /(?:^|[^a-z])(?:related|relatedposts|recommended|recommendations|comments|comment-list|disqus|respond|trending|most-read|mostread|most-popular|more-stories|more-news|more-from|read-also|readalso|readmore|read-more|also-read|author-?(?:bio|box|info|card|profile)|post-author|about-author|byline|next-article|post-navigation|outbrain|taboola)(?:$|[^a-z])/

/** The kind of furniture that the class of an element names, or null. */
export function furnitureClass(className: string | undefined): FurnitureClass | null {
  if (!className) return null
  const name = className.toLowerCase()
  if (elsewhere.test(name)) return 'elsewhere'
  return name.split(/[^a-z]+/).some((word) => boxWords.has(word)) ? 'box' : null
}

const noteWords =
  /(?:^|[^a-z])(?:footnotes?|endnotes?|footnote-content|msofootnotetext|msoendnotetext|reflist|references|wp-block-footnotes)(?:$|[^a-z])/

/** Whether the class of an element names the footnotes of a report. A single mark in the text is none. */
export function isNotesClass(name: string, className: string | undefined): boolean {
  return (
    className !== undefined &&
    /^(?:div|section|aside|ol|ul|li|p)$/.test(name) &&
    noteWords.test(className.toLowerCase())
  )
}
