/** A feed as its publisher meant it, whatever its format; dates are ISO 8601 UTC, links absolute, HTML sanitised. */
export type FeedDocument = {
  title: string
  url: string | null
  language: string | null
  /** What the feed asks of its readers: the least time between two polls, in seconds. */
  minIntervalS: number | null
  /** Hours (UTC) and weekdays (1 is Monday) in which it wants to be left alone. */
  skipHours: number[]
  skipDays: number[]
  /** Where it offers to push (WebSub), and under which address the hub knows it. */
  hub: { url: string; topic: string } | null
  items: FeedItem[]
}

/** One entry. `key` is its identity within the feed: Atom id or RSS guid, else link, else a hash of title and content. */
export type FeedItem = {
  key: string
  title: string
  url: string | null
  published: string | null
  updated: string | null
  author: string | null
  summary: string | null
  content: string | null
  categories: string[]
}
