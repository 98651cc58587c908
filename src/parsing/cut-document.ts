/** A document without the entry in which it ends; `cut` says in words that its end is missing, else it is null. */
type WholeEntries = { text: string; cut: string | null }

/**
 * Removes the entry in whose middle a document ends, as when its generator or the connection died: half a sentence may say
 * the opposite of the whole one.
 * @param cappedAt the limit of size, in words, at which the reader of a larger document ended it
 */
export function withoutOpenEntry(text: string, cappedAt?: string): WholeEntries {
  if (endsWithRoot(text)) return { text, cut: null }
  const { openAt, isRootOpen } = endOf(text)
  if (!isRootOpen) return { text, cut: null }
  if (cappedAt) return { text: text.slice(0, openAt ?? text.length), cut: `the document is cut: ${beyond(cappedAt)}` }
  if (openAt === null) return { text, cut: 'the document is cut: its end is missing' }
  return { text: text.slice(0, openAt), cut: 'the document is cut: the entry in which it ends waits' }
}

const beyond = (limit: string) => `what comes after the first ${limit} is not read`

/** A document may go on after its root, such as with a comment of the server. */
const maxAfterRoot = 2000

const endsWithRoot = (text: string) =>
  text.lastIndexOf('<![CDATA[') <= text.lastIndexOf(']]>') &&
  /<\/(?:[\w.-]{1,20}:)?(?:rss|feed|rdf)\s*>/i.test(text.slice(-maxAfterRoot))

type DocumentEnd = { openAt: number | null; isRootOpen: boolean }

const landmark =
  /<!\[CDATA\[[\s\S]*?(?:\]\]>|$)|<!--[\s\S]*?(?:-->|$)|<(\/?)(?:[\w.-]{1,20}:)?(?:(item|entry)|rss|feed|rdf)(?=[\s>/])/gi

/** Where the last entry begins if nothing ends it, and whether the root is open. Comments and CDATA sections are skipped. */
function endOf(text: string): DocumentEnd {
  const end: DocumentEnd = { openAt: null, isRootOpen: false }
  for (const { 0: mark, 1: slash, 2: entry, index } of text.matchAll(landmark)) {
    if (mark.startsWith('<!')) continue
    if (!entry) end.isRootOpen = !slash
    else end.openAt = slash || isEmptyTag(text, index) ? null : index
  }
  return end
}

/** Whether a tag closes itself: `<item rdf:about="..."/>`. */
const isEmptyTag = (text: string, at: number) => /^[^>]*\/>/.test(text.slice(at, at + 1000))
