import type { App } from '../app.ts'
import { retryForever } from '../platform/retry-forever.ts'
import { withoutTags } from '../platform/text/html-to-text.ts'
import { outwardLink } from '../platform/text/outward-link.ts'
import { isCutSummary } from './rules/takeaways/cut-sentence.ts'
import { coveredLanguages } from './rules/topics/covered-languages.ts'
import type { Reading, TopicRule } from './rules/types.ts'
import { saveReading } from './save-reading.ts'
import { claimUnread, noteUncovered, saveText, saveUnreadable, type Unread } from './store/revisions.ts'
import { currentRules } from './store/topics.ts'

const maxBatch = 8
const maxAttempts = 5
const retryAfter = Temporal.Duration.from({ minutes: 5 })

/** Reads revisions until none is due, and returns how many were read. */
export async function readRevisions(app: App, signal?: AbortSignal): Promise<number> {
  let read = 0
  while (!signal?.aborted) {
    const rules = await currentRules(app.db) // Before the claim: a living worker whose query fails would keep what it claimed.
    const unread = await claimUnread(app.db, app.worker.id, app.now(), maxBatch)
    if (!unread.length) break
    const done = await Promise.all(unread.map((revision) => readOne(app, revision, rules, signal)))
    read += done.filter(Boolean).length
  }
  return read
}

/**
 * An error delays only its own report. A report that a shutdown interrupts is released with the worker's other claims.
 */
async function readOne(app: App, revision: Unread, rules: TopicRule[], signal?: AbortSignal): Promise<boolean> {
  try {
    return await tryRead(app, revision, rules, signal)
  } catch (error) {
    if (signal?.aborted) return false
    return recordFailure(app, revision, `internal error: ${error instanceof Error ? error.message : String(error)}`)
  }
}

async function tryRead(app: App, revision: Unread, rules: TopicRule[], signal?: AbortSignal): Promise<boolean> {
  const { title, url, language } = revision
  const page = await fullText(app, revision, signal)
  if (page.kind === 'failed' && revision.attempts < maxAttempts) return recordFailure(app, revision, page.reason)
  const html = page.kind === 'found' ? page.html : revision.html
  const source = { html, title, url: url ?? undefined, language: language ?? undefined }
  const outcome = await app.reader.read(source, rules)
  if (outcome.kind === 'unreadable') return recordFailure(app, revision, outcome.reason)
  const isSaved = await save(app, revision, outcome.reading)
  if (isSaved) await noteLanguage(app, revision, outcome.reading, rules)
  return isSaved
}

/** After the transaction, as polls lock feeds before items. Lost, it comes with the next report. */
async function noteLanguage(
  app: App,
  revision: Unread,
  { language, topics }: Reading,
  rules: TopicRule[],
): Promise<void> {
  const isCovered = topics.length > 0 || coveredLanguages(rules).has(language)
  const uncovered = isCovered ? null : language
  if (uncovered === revision.uncovered_language) return
  await noteUncovered(app.db, revision.feed_id, uncovered).catch((err: Error) =>
    app.log.warn({ err, feed: revision.feed_id }, 'could not record the language of a feed'),
  )
}

async function save(app: App, revision: Unread, reading: Reading): Promise<boolean> {
  const saved = await app.db
    .transaction()
    .execute(async (tx) =>
      (await saveText(tx, app.worker.id, revision.id, reading))
        ? saveReading(tx, { ...revision, ...reading }, app.now())
        : null,
    )
  const news = saved?.news ?? 0
  app.log.info(
    { revision: revision.id, takeaways: reading.takeaways.length, news, saved: saved !== null },
    'read report',
  )
  return saved !== null
}

/** Must not be lost: a claim that a living worker keeps is released by nobody else. */
async function recordFailure(app: App, revision: Unread, reason: string): Promise<boolean> {
  const retryAt = revision.attempts < maxAttempts ? app.now().add(retryAfter) : null
  await retryForever(app, { revision: revision.id }, () =>
    saveUnreadable(app.db, app.worker.id, revision.id, reason, retryAt),
  )
  app.log.warn({ revision: revision.id, reason, retryAt: retryAt?.toString() }, 'could not read report')
  return false
}

/**
 * The text of an item: `found` on its page; `given` by its feed; `failed`, because the page could not be fetched, and
 * worth another attempt.
 */
type FullText = { kind: 'found'; html: string } | { kind: 'given' } | { kind: 'failed'; reason: string }

/** A longer text of a feed, in characters without markup, is the full text of its item, unless it is cut. */
const maxSummaryLength = 2_000

/** Fetches the article of an item's page where its feed is set to full text and gives only a summary. */
async function fullText(app: App, item: Unread, signal?: AbortSignal): Promise<FullText> {
  const address = outwardLink(item.url)
  const givenLength = textLength(item.html)
  const isSummary = givenLength <= maxSummaryLength || isCutSummary(linesOf(item.html))
  if (!item.full_text || !address || !isSummary) return { kind: 'given' }
  const outcome = await app.fetcher.get(address, { accept: 'text/html, application/xhtml+xml', isFound: true, signal })
  if (outcome.kind === 'refused' || outcome.kind === 'not-modified') return { kind: 'given' }
  if (outcome.kind === 'failed') return { kind: 'failed', reason: `its page could not be fetched: ${outcome.reason}` }
  const { body, url, headers } = outcome
  const article = await app.reader.article({ body, url, contentType: headers.contentType })
  if (article.kind === 'unreadable' || !article.html || textLength(article.html) <= givenLength)
    return { kind: 'given' }
  return { kind: 'found', html: article.html }
}

const textLength = (html: string): number => withoutTags(html).trim().length
/** The blocks of a text, a line each. */
const linesOf = (html: string): string => withoutTags(html.replace(/<\/(?:p|div|li|h\d)>|<br \/>/g, '\n'))
