import { boundedLine } from '../platform/text/html-to-text.ts'
import { storable, withoutControls } from '../platform/text/storable.ts'
import { atomDocument } from './atom-document.ts'
import { withoutOpenEntry } from './cut-document.ts'
import { decodeFeed, decodePage } from './encodings/decode.ts'
import type { FeedDocument } from './feed-document.ts'
import { jsonDocument } from './json-document.ts'
import { cutKnown } from './known-entries.ts'
import { type PageFacts, pageFacts } from './page-facts.ts'
import type { ReadDocument } from './read-items.ts'
import { rssDocument } from './rss-document.ts'
import { parseForgiving } from './xml/forgiving.ts'
import { holdsFeed, repairBrackets, repairXml } from './xml/repair-xml.ts'
import { parseWellFormed } from './xml/well-formed.ts'

/**
 * A feed, or why there is none. `repairs` says what had to be corrected, for the feed's health. `entries` counts all
 * entries, and `fingerprints` covers them all, including those that were left out because they are known. `isCut` says
 * that the document ended too early. `page` tells of a web page.
 */
export type ParseOutcome =
  | {
      kind: 'parsed'
      document: FeedDocument
      entries: number
      fingerprints: string[]
      repairs: string[]
      isCut: boolean
    }
  | { kind: 'unreadable'; reason: string; page?: PageFacts | undefined }

/**
 * What is known about a body besides its bytes: its HTTP Content-Type, its address for relative links, and the
 * fingerprints of known entries, which are left out of the document. `cappedAt` is the limit of size, in words, at which a
 * larger body was ended.
 */
export type ParseHints = {
  contentType?: string | undefined
  url: string
  seen?: string[] | undefined
  cappedAt?: string | undefined
}

/**
 * Parses RSS, RDF, Atom or JSON Feed. Every text of the outcome can be stored. Call it in a thread that can be killed: hostile
 * input may take long.
 */
export const parseFeed = async (body: Uint8Array, hints: ParseHints): Promise<ParseOutcome> =>
  storable(await parseAny(body, hints))

async function parseAny(body: Uint8Array, hints: ParseHints): Promise<ParseOutcome> {
  const { contentType, url, seen = [], cappedAt } = hints
  if (isEbcdic(body))
    return { kind: 'unreadable', reason: 'the document is in EBCDIC, an encoding that Sitrep cannot read' }
  const { text, repair } = await decodeFeed(body, contentType)
  const known = new Set(seen)
  const found = /^[\s\0]*\{/.test(text.slice(0, 1000))
    ? jsonDocument(text, url, known)
    : await xmlDocument(text, { url, known, cappedAt })
  if (!found) return whyNoFeed(text, body, hints)
  const { document, fingerprints, ambiguous, entries, repairs, isCut = false }: Found = found
  return {
    kind: 'parsed',
    document: { ...document, title: withoutControls(document.title) },
    entries: Math.max(entries, document.items.length),
    fingerprints: ambiguous ? [] : fingerprints,
    repairs: [...(repair ? [repair] : []), ...repairs],
    isCut,
  }
}

/** Whether a body begins with "<?xm" in EBCDIC. */
const isEbcdic = (body: Uint8Array) => [0x4c, 0x6f, 0xa7, 0x94].every((byte, i) => body[i] === byte)

type Found = ReadDocument & { fingerprints: string[]; entries: number; isCut?: boolean }

/** Parses with rss-parser, or with the forgiving parser where that fails; the same code reads what either gives. */
async function xmlDocument(
  source: string,
  { url, known, cappedAt }: { url: string; known: Set<string>; cappedAt: string | undefined },
): Promise<Found | null> {
  const { text: whole, cut } = withoutOpenEntry(source, cappedAt)
  const { text, fingerprints, entries, repairs: left } = cutKnown(whole, known)
  const { xml, repairs } = repairXml(text)
  if (!holdsFeed(xml)) return null
  const tree = (await parseWellFormed(xml)) ?? parseForgiving(repairBrackets(xml), url)
  if (!tree) return null
  const read = tree.kind === 'atom' ? atomDocument(tree, url) : rssDocument(tree, url)
  const cuts = cut === null ? left : [cut, ...left]
  return { ...read, fingerprints, entries, isCut: cut !== null, repairs: [...cuts, ...repairs, ...read.repairs] }
}

/** Why a text is no feed. */
async function whyNoFeed(
  text: string,
  body: Uint8Array,
  { contentType, url, cappedAt }: ParseHints,
): Promise<ParseOutcome> {
  const because = (reason: string) => ({ kind: 'unreadable', reason }) as const
  if (text.trim() === '') return because('the document is empty')
  if (isPage(text, contentType)) {
    const page = pageFacts(await decodePage(body, contentType), url)
    return { ...because('the document is a web page, not a feed'), page }
  }
  if (cappedAt) return because(`the document is larger than the limit of ${cappedAt}`)
  if (/^\s*\{/.test(text) && !/\}\s*$/.test(text)) return because('the document is cut: it is JSON without its end')
  if (/^\s*[{[]/.test(text)) return because(`the document is JSON, but not a JSON Feed${messageIn(text)}`)
  return because('the document is not a feed')
}

/** Whether a text is HTML: by its markup, or by its label where it is no JSON. Maintenance pages may be a mere heading. */
const isPage = (text: string, contentType = ''): boolean =>
  /<html[\s>]|<!doctype html|^\s*<(?:head|title|body|h[1-6]|div|center|p|script|meta)[\s>]/i.test(
    text.slice(0, 5000),
  ) ||
  (/\bhtml\b/i.test(contentType) && !/^\s*(?:[{[]|<\?xml)/.test(text))

/** What a JSON error says, in quotation marks; or nothing. */
function messageIn(json: string): string {
  const found = errorMessage.exec(json.slice(0, 5000))
  const message = boundedLine(found?.[1]?.replace(/\\./g, ' ') ?? '', 100)
  return message && `: "${message}"`
}

const errorMessage = /"(?:message|error|error_description|detail|reason)"\s*:\s*"((?:[^"\\]|\\.){1,500})"/i
