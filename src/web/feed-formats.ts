import type { WebContext } from './context.ts'
import type { PublicFeed } from './public-feed.ts'
import { writeAtom } from './write-atom.ts'
import { writeJsonFeed } from './write-json-feed.ts'

type FeedWriter = { type: string; write(feed: PublicFeed): string }

/** The formats of public feeds, by the names of their files. */
export const writers = {
  'atom.xml': { type: 'application/atom+xml', write: writeAtom },
  'feed.json': { type: 'application/feed+json', write: writeJsonFeed },
} satisfies Record<string, FeedWriter>

/** Answers with a feed. Its ETag comes from a middleware, and how long it may be kept from the route. */
export function answerWithFeed(c: WebContext, { type, write }: FeedWriter, feed: PublicFeed): Response {
  c.header('Last-Modified', new Date(feed.updated.epochMilliseconds).toUTCString())
  return c.body(write(feed), 200, { 'Content-Type': `${type}; charset=utf-8` })
}
