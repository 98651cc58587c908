import { z } from 'zod'
import { canonicalItemUrl } from '../domain/canonical-url.ts'
import type { FeedDocument } from '../domain/feed-document.ts'
import { noWishes, type ReadDocument } from './feed-head.ts'
import { firstDate, type ItemDraft, type ItemWords, readItems } from './feed-items.ts'
import { oneLine } from './html-text.ts'
import { fingerprint } from './known-entries.ts'
import { sanitiseHtml } from './sanitise.ts'

/** Reads JSON Feed 1.0 and 1.1 (jsonfeed.org); null when the text is other JSON. */
export function jsonDocument(
  text: string,
  feedUrl: string,
  seen: Set<string>,
): (ReadDocument & { fingerprints: string[] }) | null {
  const parsed = feedSchema.safeParse(parseJson(text))
  if (!parsed.success) return null
  const feed = parsed.data
  const fingerprints = feed.items.map((entry) => fingerprint(JSON.stringify(entry)))
  const fresh = feed.items.filter((_, n) => !seen.has(fingerprints[n]!))
  const { items, ...rest } = readItems(fresh, (entry) => draftOf(itemSchema.parse(entry), feedUrl))
  const document = {
    title: oneLine(feed.title ?? ''),
    url: canonicalItemUrl(feed.home_page_url ?? '', feedUrl || null),
    language: feed.language ?? null,
    ...noWishes,
    hub: hubIn(feed.hubs ?? [], feed.feed_url ?? feedUrl),
    items,
  }
  return { document, fingerprints, ...rest }
}

/** A field of the wrong type counts as absent; the entry stays. */
const text = z.string().optional().catch(undefined)
const person = z.object({ name: text })
const feedSchema = z.object({
  version: z.string().regex(/jsonfeed\.org/),
  title: text,
  home_page_url: text,
  language: text,
  feed_url: text,
  hubs: z
    .array(z.object({ type: z.string(), url: z.string() }))
    .optional()
    .catch(undefined),
  items: z.array(z.unknown()),
})
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
  authors: z.array(person).optional().catch(undefined),
  author: person.optional().catch(undefined),
  tags: z.array(z.string()).optional().catch(undefined),
})

function draftOf(item: z.infer<typeof itemSchema>, feedUrl: string): ItemDraft {
  const url = canonicalItemUrl(item.url ?? item.external_url ?? '', feedUrl || null)
  const words = () => wordsOf(item, url ?? feedUrl)
  return { id: item.id?.trim() || null, url, words }
}

function wordsOf(item: z.infer<typeof itemSchema>, base: string): ItemWords {
  const names = (item.authors ?? (item.author ? [item.author] : [])).flatMap(
    ({ name }) => oneLine(name ?? '', 200) || [],
  )
  const content = item.content_html ?? paragraphs(item.content_text ?? '')
  return {
    title: oneLine(item.title ?? ''),
    published: firstDate([item.date_published ?? '']),
    updated: firstDate([item.date_modified ?? '']),
    author: names.join(', ') || null,
    summary: sanitiseHtml(paragraphs(item.summary ?? '')) || null,
    content: sanitiseHtml(content, base) || null,
    categories: [...new Set(item.tags ?? [])].slice(0, 50).map((tag) => oneLine(tag, 200)),
  }
}

function parseJson(source: string): unknown {
  try {
    return JSON.parse(source)
  } catch {
    return undefined
  }
}

function paragraphs(plain: string): string {
  const escaped = plain.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  const blocks = escaped.split(/\n\s*\n/).filter((block) => block.trim() !== '')
  return blocks.length < 2 ? escaped : blocks.map((block) => `<p>${block.trim()}</p>`).join('')
}

function hubIn(hubs: { type: string; url: string }[], topic: string): FeedDocument['hub'] {
  const hub = hubs.find(({ type }) => /^websub$/i.test(type))
  return hub && topic ? { url: hub.url, topic } : null
}
