import { z } from 'zod'
import { boundedLine, htmlToText } from '../platform/text/html-to-text.ts'
import { canonicalItemUrl } from './canonical-url.ts'
import { type FeedDocument, maxLength } from './feed-document.ts'
import { type ChosenEntries, chooseEntries, fingerprint } from './known-entries.ts'
import { firstDate, type ItemDraft, type ItemFields, type ReadDocument, readItems } from './read-items.ts'
import { repairHtml, repairLine } from './repair-html.ts'
import { cleanHtml } from './sanitise.ts'
import { languageIn, noPoliteness } from './xml/channel.ts'

/** Reads the entries of a JSON Feed 1.0 or 1.1 (jsonfeed.org) that are not known; null when the text is other JSON. */
export function jsonDocument(
  source: string,
  feedUrl: string,
  known: Set<string>,
): (ReadDocument & Omit<ChosenEntries, 'chosen'>) | null {
  const parsed = feedSchema.safeParse(parseJson(source))
  if (!parsed.success || !isFeed(parsed.data)) return null
  const feed = parsed.data
  const fingerprintOf = (entry: unknown) => fingerprint(JSON.stringify(entry))
  const dateOf = (entry: unknown) => itemSchema.safeParse(entry).data?.date_published ?? ''
  const { chosen, ...choice } = chooseEntries(feed.items, { fingerprintOf, dateOf, known })
  const fresh = feed.items.filter((_, index) => chosen.has(index))
  const draft = (entry: unknown) => draftOf(itemSchema.parse(entry), feed, feedUrl)
  const { items, repairs, ambiguous } = readItems(fresh, draft)
  const document = {
    title: lineIn(feed.title ?? '', maxLength.title),
    url: canonicalItemUrl(feed.home_page_url ?? '', feedUrl || null),
    language: languageIn(feed.language),
    ...noPoliteness,
    hub: hubIn(feed.hubs ?? [], feed.feed_url ?? feedUrl),
    items,
  }
  return { document, ...choice, ambiguous, repairs: [...choice.repairs, ...repairs] }
}

/** A field of the wrong type counts as absent; the entry stays. */
const text = z.string().optional().catch(undefined)
const person = z.object({ name: text, url: text })
const byline = {
  authors: z.array(person.catch({})).optional().catch(undefined),
  author: person.optional().catch(undefined),
}
const feedSchema = z.object({
  version: text,
  title: text,
  home_page_url: text,
  language: text,
  feed_url: text,
  hubs: z
    .array(z.object({ type: z.string(), url: z.string() }))
    .optional()
    .catch(undefined),
  ...byline,
  items: z.array(z.unknown()),
})
type Feed = z.infer<typeof feedSchema>
const itemSchema = z.object({
  id: z
    .union([z.string(), z.number().transform(String)])
    .optional()
    .catch(undefined),
  url: text,
  external_url: text,
  title: text,
  summary: text,
  content_html: text,
  content_text: text,
  date_published: text,
  date_modified: text,
  ...byline,
  tags: z.array(z.string().catch('')).optional().catch(undefined),
})
type Item = z.infer<typeof itemSchema>

function draftOf(item: Item, feed: Feed, feedUrl: string): ItemDraft {
  const id = item.id?.trim() || null
  const addresses = [item.url, item.external_url, id?.match(/^https?:.*/i)?.[0]]
  const url =
    addresses.map((address) => canonicalItemUrl(address ?? '', feedUrl || null)).find((found) => found !== null) ?? null
  return { id, url, fields: () => fieldsOf(item, feed, url ?? feedUrl) }
}

/** An item without authors has those of its feed (JSON Feed 1.1, top-level authors). */
function fieldsOf(item: Item, feed: Feed, base: string): ItemFields {
  return {
    title: lineIn(item.title ?? '', 2000),
    published: firstDate([item.date_published ?? '']),
    updated: firstDate([item.date_modified ?? '']),
    author: namesIn(item) ?? namesIn(feed),
    summary: cleanHtml(paragraphs(item.summary ?? '')),
    content: cleanHtml(repairHtml(item.content_html ?? ''), base) ?? cleanHtml(paragraphs(item.content_text ?? '')),
    categories: [...new Set((item.tags ?? []).map((tag) => lineIn(tag, 1000)))].filter((tag) => tag !== ''),
  }
}

function namesIn({ authors, author }: Pick<Item, 'authors' | 'author'>): string | null {
  const people = [...(authors ?? []), ...(author && !authors?.length ? [author] : [])].slice(0, 50)
  const names = people.map(({ name, url }) => boundedLine(name || url || '', 200)).filter((name) => name !== '')
  return [...new Set(names)].join(', ') || null
}

/** Parses JSON that may hold line ends and other control characters within strings, which is not allowed and common. */
function parseJson(source: string): unknown {
  try {
    return JSON.parse(source)
  } catch {
    const repaired = source.replace(/[\x00-\x1F]/g, ' ')
    return repaired === source ? undefined : parseJson(repaired)
  }
}

/** Whether this is a JSON Feed: by the address of its version, or by its title and items. */
function isFeed(feed: Feed): boolean {
  const isItem = (item: unknown) =>
    typeof item === 'object' && item !== null && /"(?:url|content_\w+)":/.test(JSON.stringify(item))
  return (
    /jsonfeed\.org/i.test(feed.version ?? '') ||
    (feed.title !== undefined && feed.items.length > 0 && feed.items.every(isItem))
  )
}

/** Titles and tags are plain text, in which many publishers leave references and formatting. */
const lineIn = (written: string, max: number) => boundedLine(htmlToText(repairLine(written)), max)

/** Plain text as HTML. */
function paragraphs(plain: string): string {
  const escaped = plain.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  const blocks = escaped.split(/\n\s*\n/).filter((block) => block.trim() !== '')
  return blocks.length < 2 ? escaped : blocks.map((block) => `<p>${block.trim()}</p>`).join('')
}

function hubIn(hubs: { type: string; url: string }[], topic: string): FeedDocument['hub'] {
  const hub = hubs.find(({ type }) => /^websub$/i.test(type))
  return hub && topic ? { url: hub.url, topic } : null
}
