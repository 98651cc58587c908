import type { FetchHeaders } from '../http/response-headers.ts'
import type { FeedDocument } from '../parsing/feed-document.ts'
import type { ClaimedFeed } from './store/feed-claims.ts'

/** What a claimed feed answered. */
export type AnsweredPoll = { feed: ClaimedFeed; response: PollResponse }

/**
 * A parsed document, and what its response said. `entries` counts the known entries too, which are not in the document. A
 * document that `isCut` ended too early: at the limit of size if it `isCapped`.
 */
export type PollResponse = {
  document: FeedDocument
  entries: number
  fingerprints: string[]
  repairs: string[]
  isCut: boolean
  isCapped?: boolean | undefined
  headers: PollHeaders
  permanentUrl?: string | undefined
  bodyHash: string
}

/** `etag` and `lastModified` are sent with the next request; `maxAgeS` is for how many seconds the response stays fresh. */
export type PollHeaders = Pick<FetchHeaders, 'etag' | 'lastModified' | 'maxAgeS'>

/** What one poll brought; `note` says why the feed was held, or why the poll failed or was postponed. */
export type PollResult = {
  /** The address of the feed. */
  feed: string
  kind: 'fresh' | 'unchanged' | 'held' | 'failed' | 'stopped' | 'postponed'
  added: number
  edited: number
  note?: string
}
