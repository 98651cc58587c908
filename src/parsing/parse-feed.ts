import { atomDocument } from './atom-document.ts'
import { withoutOpenEntry } from './cut-document.ts'
import { decodeFeed } from './encodings/decode.ts'
import type { FeedDocument } from './feed-document.ts'
import { feedLinksIn } from './feed-links.ts'
import { jsonDocument } from './json-document.ts'
import { cutKnown } from './known-entries.ts'
import type { ReadDocument } from './read-items.ts'
import { rssDocument } from './rss-document.ts'
import { parseForgiving } from './xml/forgiving.ts'
import { holdsFeed, repairBrackets, repairXml } from './xml/repair-xml.ts'
import { parseWellFormed } from './xml/well-formed.ts'

/**
 * A feed, or why there is none. `repairs` says what had to be corrected, for the feed's health. `entries` counts all
 * entries, and `fingerprints` covers them all, including those that were left out because they are known. `isCut` says
 * that the document ended too early. A web page in place of a feed has the feeds to which it links.
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
  | { kind: 'unreadable'; reason: string; feedLinks?: string[] }

/**
 * What is known about a body besides its bytes: its HTTP Content-Type, its address for relative links, and the
 * fingerprints of known entries, which are left out of the document.
 */
export type ParseHints = { contentType?: string | undefined; url: string; seen?: string[] | undefined }

/** Parses RSS, RDF, Atom or JSON Feed. Call it in a thread that can be killed: hostile input may take long. */
export async function parseFeed(body: Uint8Array, { contentType, url, seen = [] }: ParseHints): Promise<ParseOutcome> {
  if (isEbcdic(body))
    return { kind: 'unreadable', reason: 'the document is in EBCDIC, an encoding that Sitrep cannot read' }
  const { text, repair } = decodeFeed(body, contentType)
  const known = new Set(seen)
  const found = /^[\s\0]*\{/.test(text.slice(0, 1000))
    ? jsonDocument(text, url, known)
    : await xmlDocument(text, url, known)
  if (!found) return { kind: 'unreadable', reason: whyNoFeed(text), ...(isPage(text) && linksIn(text, url)) }
  const { document, fingerprints, ambiguous, entries, repairs, isCut = false }: Found = found
  return {
    kind: 'parsed',
    document,
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
async function xmlDocument(source: string, url: string, known: Set<string>): Promise<Found | null> {
  const { text: whole, cut } = withoutOpenEntry(source)
  const { text, fingerprints, entries, repairs: left } = cutKnown(whole, known)
  const { xml, repairs } = repairXml(text)
  if (!holdsFeed(xml)) return null
  const tree = (await parseWellFormed(xml)) ?? parseForgiving(repairBrackets(xml), url)
  if (!tree) return null
  const read = tree.kind === 'atom' ? atomDocument(tree, url) : rssDocument(tree, url)
  const cuts = cut === null ? left : [cut, ...left]
  return { ...read, fingerprints, entries, isCut: cut !== null, repairs: [...cuts, ...repairs, ...read.repairs] }
}

const isPage = (text: string) => /<html[\s>]|<!doctype html/i.test(text.slice(0, 5000))

function linksIn(page: string, url: string): { feedLinks?: string[] } {
  const feedLinks = feedLinksIn(page, url).map((link) => link.url)
  return feedLinks.length ? { feedLinks } : {}
}

/** Why a text is no feed. */
function whyNoFeed(text: string): string {
  if (text.trim() === '') return 'the document is empty'
  if (isPage(text)) return 'the document is a web page, not a feed'
  if (/^\s*\{/.test(text) && !/\}\s*$/.test(text)) return 'the document is cut: it is JSON without its end'
  if (/^\s*[{[]/.test(text)) return 'the document is JSON, but not a JSON Feed'
  return 'the document is not a feed'
}
