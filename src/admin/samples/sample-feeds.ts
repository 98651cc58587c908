import { readFileSync } from 'node:fs'
import { samplesHost } from '../../http/resolve-host.ts'

const names = ['assessment', 'essay', 'bulletin', 'wire'] as const
export type SampleName = (typeof names)[number]

/** The feeds that the first start adds to an empty database. Their files are in samples/. */
export const sampleFeeds = [
  { url: `http://${samplesHost}/assessment`, title: 'Front Line Desk' },
  { url: `http://${samplesHost}/essay`, title: 'Centre for Displacement Policy' },
  { url: `http://${samplesHost}/bulletin`, title: 'Relief Coordination Bulletin' },
  { url: `http://${samplesHost}/wire`, title: 'Harbour Wire' },
]

/** The setting with the instant of the first start (ISO 8601). The dates of the samples are relative to it. */
export const firstStartSetting = 'first_start'

/** A sample feed at one moment; `modified` is when its newest entry was published. */
export type RenderedSample = { xml: string; contentType: string; modified: Temporal.Instant }

/** The text if it is the name of a sample, else undefined. */
export function sampleName(text: string): SampleName | undefined {
  return names.find((name) => name === text)
}

/**
 * Renders a sample feed with dates relative to the first start, and without entries of the future. In the template, an
 * entry has the time of its publication (`at="-20h"`, `at="+4s"`) and the civil day that it is about (`day="-1"`).
 */
export function renderSample(name: SampleName, firstStart: Temporal.Instant, now: Temporal.Instant): RenderedSample {
  const template = readFileSync(new URL(`../../../samples/${name}.xml`, import.meta.url), 'utf8')
  const isAtom = name === 'essay'
  let modified: Temporal.Instant | undefined
  const entries = template.replace(entryPattern, (_, tag: string, at: string, day: string, rest: string) => {
    const published = after(firstStart, at)
    if (Temporal.Instant.compare(published, now) > 0) return ''
    if (!modified || Temporal.Instant.compare(published, modified) > 0) modified = published
    return `<${tag}>${fillDates(rest, { firstStart, day: Number(day), published, isAtom })}`
  })
  modified ??= firstStart
  const xml = entries.replace('{{updated}}', rfc3339(modified))
  return { xml, contentType: `application/${isAtom ? 'atom' : 'rss'}+xml; charset=utf-8`, modified }
}

/** The HTML page of one entry; null when there is none, or when it is not published yet. */
export function samplePage(
  name: SampleName,
  id: string,
  firstStart: Temporal.Instant,
  now: Temporal.Instant,
): string | null {
  const { xml } = renderSample(name, firstStart, now)
  const entry = [...xml.matchAll(/<(item|entry)>[\s\S]*?<\/\1>/g)].find(
    ([text]) => text.includes(`/${name}/${id}<`) || text.includes(`/${name}/${id}"`),
  )?.[0]
  if (!entry) return null
  const title = entry.match(/<title>(.*?)<\/title>/)?.[1]
  const body = entry.match(/<!\[CDATA\[([\s\S]*?)\]\]>/)?.[1]
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>${title}</title><main><h1>${title}</h1>${body}</main></html>`
}

/** Changes the links of the entries to pages that a browser can open; their ids stay. */
export function withPagesAt(xml: string, pages: string): string {
  const entryLink = new RegExp(`(<link>|href=")http://${samplesHost}/(\\w+/\\d+)`, 'g')
  return xml.replace(entryLink, `$1${pages}/$2`)
}

const entryPattern = /<(item|entry) at="([^"]+)" day="([^"]+)">([\s\S]*?<\/\1>)/g

/** The first start plus an offset such as `-20h` or `+4s`. */
function after(firstStart: Temporal.Instant, offset: string): Temporal.Instant {
  const [, amount, unit] = /^([+-]\d+)([hs])$/.exec(offset) ?? []
  return firstStart.add({ seconds: Number(amount) * (unit === 'h' ? 3600 : 1) })
}

function fillDates(
  text: string,
  entry: { firstStart: Temporal.Instant; day: number; published: Temporal.Instant; isAtom: boolean },
): string {
  const { firstStart, day, published, isAtom } = entry
  const date = firstStart.toZonedDateTimeISO('UTC').toPlainDate()
  return text
    .replaceAll('{{published}}', isAtom ? rfc3339(published) : rfc822(published))
    .replace(/\{\{day([+-]\d+)?\}\}/g, (_, shift = '0') => longDate(date.add({ days: day + Number(shift) })))
}

const longDate = (date: Temporal.PlainDate) =>
  date.toLocaleString('en-US', { year: 'numeric', month: 'long', day: 'numeric' })
const rfc3339 = (instant: Temporal.Instant) => instant.toString({ smallestUnit: 'second' })

/** A date as RSS and HTTP write it. */
export const rfc822 = (instant: Temporal.Instant) => new Date(instant.epochMilliseconds).toUTCString()
