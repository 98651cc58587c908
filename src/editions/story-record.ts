import type { Db } from '../platform/db/db.ts'
import { UserError } from '../platform/user-error.ts'
import { type Join, joinsOf } from '../stories/rules/joined-by.ts'
import { linksWithReasons } from '../stories/store/story-links.ts'
import { findStory, storiesOfThread } from '../stories/store/story-list.ts'
import { type PublicClaim, publicClaims, publicStories, wholeStory } from './public-stories.ts'
import type { PlannedStory } from './rules/briefing/story.ts'
import { type MailOfStory, mailsOfStory } from './store/mails-of-story.ts'

/** All that is shown of one story. Claims are the oldest first. Nothing in it belongs to a reader. */
export type StoryRecord = {
  /** When its first and its last claim became known. */
  first: Temporal.Instant
  last: Temporal.Instant
  story: PlannedStory
  claims: PublicClaim[]
  /** So many claims are older than those that are given. */
  olderClaims: number
  joins: Join[]
  /** Other stories of its thread, the newest first, each with when its last claim became known. */
  thread: { id: number; headline: string; last: Temporal.Instant }[]
}

/** So many claims of a story are shown, the newest. */
const maxClaims = 100
const maxLinks = 2_000
const maxMails = 20
const maxThread = 10

/** The story of this id, or the one to which its claims moved, with its record; undefined where there is none. */
export async function storyRecord(db: Db, id: number): Promise<StoryRecord | undefined> {
  const found = await findStory(db, id)
  const claims = await publicClaims(db, found ? [found.id] : [], maxClaims)
  const story = wholeStory(claims)
  if (!found || !story) return undefined
  const wordings = claims.map(({ wording }) => wording)
  const [links, others] = await Promise.all([
    linksWithReasons(db, wordings, maxLinks),
    storiesOfThread(db, found.thread, maxThread + 1),
  ])
  const lastOf = new Map(others.filter((other) => other.id !== found.id).map((other) => [other.id, other.last]))
  const thread = await publicStories(db, [...lastOf.keys()].slice(0, maxThread))
  const { first, last } = found
  return {
    story,
    claims,
    first,
    last,
    olderClaims: Math.max(0, found.claims - claims.length),
    joins: joinsOf(
      claims.map((claim) => ({ ...claim, says: saidIn(claim) })),
      links,
    ),
    thread: thread.map((other) => ({ id: other.id, headline: other.headline, last: lastOf.get(other.id) ?? last })),
  }
}

const saidIn = ({ text, item, evidence }: PublicClaim): string =>
  [text, item.title, ...evidence.map(({ quote }) => quote)].join('\n')

/** A story with the mails that told it, the newest first. The mails of few readers tell what these readers chose. */
export type MailedStory = StoryRecord & { mails: MailOfStory[] }

/**
 * A story with its record and its mails, for those who run the service.
 * @throws UserError when there is none
 */
export async function knownStory(db: Db, id: number): Promise<MailedStory> {
  const record = await storyRecord(db, id)
  if (!record) throw new UserError(`There is no story ${id}; see \`sitrep stories list\`.`)
  return { ...record, mails: await mailsOfStory(db, record.story.id, maxMails) }
}
