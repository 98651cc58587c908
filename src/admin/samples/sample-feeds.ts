import { readFileSync } from 'node:fs'
import { samplesHost } from '../../http/resolve-host.ts'

const names = ['assessment', 'essay', 'bulletin'] as const
export type SampleName = (typeof names)[number]

/** The feeds that a first start without any feed subscribes to; their files are in samples/. */
export const sampleFeeds = [
  { url: `http://${samplesHost}/assessment`, title: 'Front Line Desk' },
  { url: `http://${samplesHost}/essay`, title: 'Centre for Displacement Policy' },
  { url: `http://${samplesHost}/bulletin`, title: 'Relief Coordination Bulletin' },
]

/** Where the database keeps the instant from which the samples' dates count. */
export const firstStartSetting = 'first_start'

/** A sample as it looks at one moment; `modified` is when its newest entry came out. */
export type RenderedSample = { xml: string; contentType: string; modified: Temporal.Instant }

export function sampleName(text: string): SampleName | undefined {
  return names.find((name) => name === text)
}

/**
 * Fills the template's dates, which count from the first start; entries of the future are left out.
 * An entry says when it comes out (`at="-20h"`, `at="+4s"`) and which civil day it is about (`day="-1"`).
 */
export function renderSample(name: SampleName, firstStart: Temporal.Instant, now: Temporal.Instant): RenderedSample {
  const template = readFileSync(new URL(`../../../samples/${name}.xml`, import.meta.url), 'utf8')
  const isAtom = name === 'essay'
  let modified: Temporal.Instant | undefined
  const entries = template.replace(entryPattern, (_, tag: string, at: string, day: string, rest: string) => {
    const published = after(firstStart, at)
    if (Temporal.Instant.compare(published, now) > 0) return ''
    if (!modified || Temporal.Instant.compare(published, modified) > 0) modified = published
    return `<${tag}>${fill(rest, firstStart, Number(day), published, isAtom)}`
  })
  modified ??= firstStart
  const xml = entries.replace('{{updated}}', rfc3339(modified))
  return { xml, contentType: `application/${isAtom ? 'atom' : 'rss'}+xml; charset=utf-8`, modified }
}

/** The page of one entry, as its publisher would show it; null when there is none, or not yet. */
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
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>${title}</title><article><h1>${title}</h1>${body}</article></html>`
}

/** The entries' links led to where people can open them; identities stay what they are. */
export function withPagesAt(xml: string, pages: string): string {
  const entryLink = new RegExp(`(<link>|href=")http://${samplesHost}/(\\w+/\\d+)`, 'g')
  return xml.replace(entryLink, `$1${pages}/$2`)
}

const entryPattern = /<(item|entry) at="([^"]+)" day="([^"]+)">([\s\S]*?<\/\1>)/g

function after(start: Temporal.Instant, offset: string): Temporal.Instant {
  const [, sign, amount, unit] = offset.match(/^([+-])(\d+)([hs])$/)!
  const seconds = Number(`${sign}${amount}`) * (unit === 'h' ? 3600 : 1)
  return start.add({ seconds })
}

function fill(
  text: string,
  start: Temporal.Instant,
  day: number,
  published: Temporal.Instant,
  isAtom: boolean,
): string {
  const date = start.toZonedDateTimeISO('UTC').toPlainDate()
  return text
    .replaceAll('{{published}}', isAtom ? rfc3339(published) : rfc822(published))
    .replace(/\{\{day([+-]\d+)?\}\}/g, (_, shift = '0') => longDate(date.add({ days: day + Number(shift) })))
}

const longDate = (date: Temporal.PlainDate) =>
  date.toLocaleString('en-US', { year: 'numeric', month: 'long', day: 'numeric' })
const rfc3339 = (instant: Temporal.Instant) => instant.toString({ smallestUnit: 'second' })

/** The form of dates in RSS and in HTTP. */
export const rfc822 = (instant: Temporal.Instant) => new Date(instant.epochMilliseconds).toUTCString()
