import { z } from 'zod'
import type { App } from '../app.ts'
import { dateAt } from '../platform/text/format-instant.ts'
import { allTopics } from '../reading/store/topics.ts'
import type { WebContext } from './context.ts'

/** A topic whose page or feed is asked for, with the names of all topics by slug. */
export type ShownTopic = {
  slug: string
  name: string
  description: string
  isRetired: boolean
  names: Map<string, string>
}

const slugSchema = z.string().regex(/^[a-z][a-z0-9-]{0,59}$/)

/** The topic that the address names; undefined where there is none. */
export async function topicOf(c: WebContext, app: App): Promise<ShownTopic | undefined> {
  const parsed = slugSchema.safeParse(c.req.param('slug'))
  if (!parsed.success) return undefined
  const topics = await allTopics(app.db)
  const topic = topics.find(({ slug }) => slug === parsed.data)
  return (
    topic && {
      ...topic,
      isRetired: topic.retired_at !== null,
      names: new Map(topics.map(({ slug, name }) => [slug, name])),
    }
  )
}

/** The answer where the address names no topic. */
export const noTopic = {
  title: 'Topic not found',
  text: 'No topic has this address.',
  way: { href: '/editions', label: 'See all topics' },
}

export const aboutTopic = ({ name, description }: ShownTopic): string =>
  `${name}: the stories of the last four weeks, each with its sources. ${description}`

/** The pages and feeds of topics go back so many days, today included. */
const maxDays = 28

/** The last weeks in whole days (UTC), up to now. */
export function lastWeeks(now: Temporal.Instant): { from: Temporal.Instant; to: Temporal.Instant } {
  const today = Temporal.Instant.from(`${dateAt(now)}T00:00:00Z`)
  return { from: today.subtract({ hours: 24 * (maxDays - 1) }), to: now.add({ milliseconds: 1 }) }
}
