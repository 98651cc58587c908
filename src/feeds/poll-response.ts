import type { FeedDocument } from '../parsing/feed-document.ts'
import type { Feed } from './store/feeds.ts'

/** A document that was read, and how it came. */
export type PollResponse = {
  document: FeedDocument
  entries: number
  fingerprints: string[]
  repairs: string[]
  headers: { etag?: string | undefined; lastModified?: string | undefined; maxAgeS?: number | undefined }
  permanentUrl?: string | undefined
  bodyHash: string
}

/** What a claimed feed answered. */
export type AnsweredPoll = { feed: Feed; response: PollResponse }
