import { isolated } from '../../platform/text/direction.ts'
import { oneLine, shorten } from '../../platform/text/shorten.ts'

/** A title of at most so many characters is a name, unless it is a slogan. */
const maxNameLength = 40
const maxLength = 80

/**
 * The name of a publisher, from the title of its feed: the part before a dash, a colon or a pipe where the title is long. A
 * title that is a slogan or an address gives the host of the report instead.
 */
export function publisherName(feedTitle: string, reportUrl: string | null): string {
  const title = oneLine(feedTitle)
  const host = hostOf(title) ?? hostOf(reportUrl ?? '')
  if (title === '' || hostOf(title)) return host ?? 'Untitled feed'
  if (title.length <= maxNameLength && !isSlogan(title)) return title
  const parts = title.split(separator)
  const name = parts.length > 1 ? parts.find((part) => part.length <= maxNameLength && !isSlogan(part)) : undefined
  return name ?? (isSlogan(title) ? host : null) ?? shorten(title, maxLength)
}

/** The publisher of a report as it stands in a line, isolated from the line. */
export const shownPublisher = ({ feed, item }: { feed: { title: string }; item: { url: string | null } }): string =>
  isolated(publisherName(feed.title, item.url))

const separator = /\s[–—|»>:·-]\s|:\s/

const isSlogan = (text: string): boolean => slogans.some((slogan) => slogan.test(text))

/** `Get the latest news`, `Breaking News, World News`, `Your source for news`. */
const slogans = [
  /^(?:get|read|find|follow|watch|discover|stay|see|browse|explore|keep)\b.*\b(?:the|all|latest|news|your|up|informed)\b/i,
  /^(?:(?:the|all|our|world|global|latest|breaking|top|local|national|international|today['’]s|daily) ){1,3}(?:latest|news|headlines|stories|articles|posts|updates)\b(?!paper)/i,
  /^(?:the latest|all the|your)\b/i,
  /^(?:news|headlines|stories|articles|posts|updates|home|rss|feed|rss feed|untitled|latest|all)(?: (?:feed|and|from|about|on|for)\b.*)?$/i,
]

function hostOf(address: string): string | null {
  const parsed = /^https?:/i.test(address) ? URL.parse(address) : null
  return parsed?.hostname.replace(/^(?:www|rss|feeds?)\./, '') || null
}
