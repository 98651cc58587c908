import { atomDocument } from './atom-document.ts'
import { decodeFeed } from './encodings/decode.ts'
import type { FeedDocument } from './feed-document.ts'
import { jsonDocument } from './json-document.ts'
import { cutKnown } from './known-entries.ts'
import type { ReadDocument } from './read-items.ts'
import { rssDocument } from './rss-document.ts'
import { parseForgiving } from './xml/forgiving.ts'
import { holdsFeed, repairBrackets, repairXml } from './xml/repair-xml.ts'
import { parseWellFormed } from './xml/well-formed.ts'

/**
 * `repairs` says in words what had to be mended, for the feed's health; `entries` counts all of them, also those that were
 * known and left out.
 */
export type ParseOutcome =
  | { kind: 'parsed'; document: FeedDocument; entries: number; fingerprints: string[]; repairs: string[] }
  | { kind: 'unreadable'; reason: string }

/**
 * What is known about a body beside its bytes: its HTTP Content-Type, its address for relative links, and the fingerprints of
 * the entries that were read before: those are left out of the document.
 */
export type ParseHints = { contentType?: string | undefined; url: string; seen?: string[] | undefined }

/** Parses RSS, RDF, Atom or JSON Feed. Meant for a thread that can be killed: hostile input may take long. */
export async function parseFeed(body: Uint8Array, { contentType, url, seen = [] }: ParseHints): Promise<ParseOutcome> {
  if (isEbcdic(body)) return { kind: 'unreadable', reason: 'it is in EBCDIC, which is not read' }
  const { text, repair } = decodeFeed(body, contentType)
  const known = new Set(seen)
  const found = /^[\s\0]*\{/.test(text.slice(0, 1000))
    ? jsonDocument(text, url, known)
    : await xmlDocument(text, url, known)
  if (!found) return { kind: 'unreadable', reason: whatItIs(text) }
  const { document, fingerprints, ambiguous, entries, repairs } = found
  return {
    kind: 'parsed',
    document,
    entries: Math.max(entries, document.items.length),
    fingerprints: ambiguous ? [] : fingerprints,
    repairs: [...(repair ? [repair] : []), ...repairs],
  }
}

/** "<?xm" as mainframes write it. */
const isEbcdic = (body: Uint8Array) => [0x4c, 0x6f, 0xa7, 0x94].every((byte, at) => body[at] === byte)

type Found = ReadDocument & { fingerprints: string[]; entries: number }

/** rss-parser where it can, a parser that forgives where it cannot; both are read by the same code. */
async function xmlDocument(written: string, url: string, known: Set<string>): Promise<Found | null> {
  const { text, fingerprints, entries, repairs: cuts } = cutKnown(written, known)
  const { xml, repairs } = repairXml(text)
  if (!holdsFeed(xml)) return null
  const tree = (await parseWellFormed(xml)) ?? parseForgiving(repairBrackets(xml), url)
  if (!tree) return null
  const read = tree.kind === 'atom' ? atomDocument(tree, url) : rssDocument(tree, url)
  return { ...read, fingerprints, entries, repairs: [...cuts, ...repairs, ...read.repairs] }
}

function whatItIs(text: string): string {
  if (text.trim() === '') return 'it is empty'
  if (/<html[\s>]|<!doctype html/i.test(text.slice(0, 5000))) return 'this is a web page, not a feed'
  if (/^\s*[{[]/.test(text)) return 'this is JSON, but not a JSON Feed'
  return 'this is not a feed'
}
