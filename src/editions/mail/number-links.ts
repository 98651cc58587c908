import { plural } from '../../platform/text/plural.ts'
import type { NumberedLink, StoryLine, StorySource, StoryView } from './mail-view.ts'

/** The parts of a mail that name sources. */
type Sources = { stories: StoryView[] } & { [part in (typeof lineParts)[number]]?: StoryLine[] }
const lineParts = ['others', 'continuing', 'watch', 'near'] as const

/**
 * Numbers the addresses of a mail's text part: each source gets the marks of its two addresses, each story those of its page
 * and of the page that takes what is wrong with it, and the same address has one number.
 */
export function numberLinks<View extends Sources>(view: View): View & { links: NumberedLink[] } {
  const { marksOf, links: numbered } = linkNumbers()
  const marked = (source: StorySource): StorySource => {
    const own = marksOf([source.link, source.readingPage])
    const references = marksOf(source.references.map(({ link }) => link))
    const more = source.moreReferences > 0 ? ` and ${plural(source.moreReferences, 'more reference')}` : ''
    return { ...source, marks: references ? `${own}, its references ${references}${more}` : own }
  }
  const ofLines = (lines: StoryLine[]): StoryLine[] => lines.map((line) => ({ ...line, source: marked(line.source) }))
  const stories = view.stories.map((story) => ({
    ...story,
    sources: story.sources.map(marked),
    pageMark: marksOf([story.page]),
    claimMark: marksOf([story.claim === null ? null : `${ofClaim}${story.claim}`]),
  }))
  const ofParts = lineParts.flatMap((part) => {
    const own = view[part]
    return own ? [[part, ofLines(own)] as const] : []
  })
  return { ...view, stories, ...Object.fromEntries(ofParts), links: numbered() }
}

/** Stands for a page of the reader's own, whose address only the mail that leaves has. */
const ofClaim = 'claim '

/** Numbers addresses in the order in which their marks are asked for: `[3] [4]`. */
export function linkNumbers() {
  const numbers = new Map<string, number>()
  const markOf = (url: string) => {
    const n = numbers.get(url) ?? numbers.size + 1
    numbers.set(url, n)
    return `[${n}]`
  }
  return {
    marksOf: (urls: (string | null)[]): string => urls.flatMap((url) => (url ? markOf(url) : [])).join(' '),
    links: () =>
      Array.from(numbers, ([url, n]): NumberedLink => {
        const claim = url.startsWith(ofClaim) ? url.slice(ofClaim.length) : null
        return { n, url, claim }
      }),
  }
}
