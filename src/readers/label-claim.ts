import type { App } from '../app.ts'
import { type PublicClaim, publicClaims, wholeStory } from '../editions/public-stories.ts'
import { maskAddress } from '../platform/address.ts'
import type { Db } from '../platform/db/db.ts'
import { shorten } from '../platform/text/shorten.ts'
import { findStory } from '../stories/store/story-list.ts'
import { readerSubject } from './rules/mail-links.ts'
import { verifyToken } from './rules/token.ts'
import { addLabel, countLabels, labelsOf, storyOfTakeaway } from './store/labels.ts'
import { findSubscriber, lockSubscriber, type Subscriber } from './store/subscribers.ts'

/** `gone`: the reader gets no mail any more. `invalid`: the link is void. `missing`: there is no such story. */
export type NoLabels = { kind: 'gone' } | { kind: 'invalid' } | { kind: 'missing' }

/** Names a story by its id, or by one of its takeaways. */
export type NamedStory = { story: number } | { claim: number }

/** A claim of a story, with what the reader said of it; `isAlien` where that is that it does not belong to the story. */
export type LabelledClaim = {
  claim: PublicClaim
  topics: { slug: string; isLabelled: boolean }[]
  isAlien: boolean
}
export type PeekedLabels =
  | { kind: 'open'; address: string; story: number; headline: string; claims: LabelledClaim[] }
  | NoLabels

/** What a reader says of a claim as the page showed it: in this story, and on this topic if one is given. */
export type LabelRequest = { claim: number; story: number; topic: string | null }

/** `moved`: the claim is not in that story any more, or not on that topic. `busy`: over the limit of labels of a day. */
export type LabelOutcome = { kind: 'labelled' } | { kind: 'moved' } | { kind: 'busy' } | NoLabels

/** So many claims of a story are shown, the newest. */
const maxClaims = 100
const maxHeadline = 200
/** So many labels of one reader are stored within a day: a link that others got hold of cannot fill the tables. */
export const maxLabelsOfDay = 200

/** Whether a link is of a reader who gets mail. */
export const checkLabelLink = (app: App, token: string) =>
  checkLink(app, token, (reader) => findSubscriber(app.db, reader))

/** The claims of a story with what the reader of the link said of them. Changes nothing: mail scanners open every link. */
export async function peekLabels(app: App, token: string, named: NamedStory): Promise<PeekedLabels> {
  const link = await checkLabelLink(app, token)
  if (link.kind !== 'open') return link
  const shown = await claimsOf(app.db, named)
  if (!shown) return { kind: 'missing' }
  const { id, email } = link.subscriber
  const wordings = shown.claims.map(({ wording }) => wording)
  const given = await labelsOf(app.db, id, wordings)
  const isGiven = (claim: PublicClaim, topic: string | null): boolean =>
    given.some((label) => label.wording === claim.wording && label.topic === topic)
  const claims = shown.claims.map((claim) => ({
    claim,
    topics: claim.matches.map(({ topic: slug }) => ({ slug, isLabelled: isGiven(claim, slug) })),
    isAlien: isGiven(claim, null),
  }))
  return { kind: 'open', address: maskAddress(email), story: shown.story, headline: shown.headline, claims }
}

/**
 * Stores what the reader of the link says of a claim. Nothing that anybody gets changes by it. The link never expires and can
 * only do this; saying it again changes nothing.
 */
export async function labelClaim(
  app: App,
  token: string,
  { claim: wording, story, topic }: LabelRequest,
): Promise<LabelOutcome> {
  return app.db.transaction().execute(async (tx) => {
    const link = await checkLink(app, token, (reader) => lockSubscriber(tx, reader))
    if (link.kind !== 'open') return link
    const { id } = link.subscriber
    const shown = await claimsOf(tx, { claim: wording })
    if (!shown) return { kind: 'missing' }
    const claim = shown.claims.find((one) => one.wording === wording)
    const isOnTopic = topic === null || claim?.matches.some((match) => match.topic === topic)
    if (!claim || shown.story !== story || !isOnTopic) return { kind: 'moved' }
    const at = app.now()
    if ((await countLabels(tx, id, at.subtract({ hours: 24 }))) >= maxLabelsOfDay) return { kind: 'busy' }
    const verdict = topic === null ? { story, headline: shown.headline } : { topic }
    await addLabel(tx, id, { wording, text: claim.text, verdict, at })
    return { kind: 'labelled' }
  })
}

async function claimsOf(
  db: Db,
  named: NamedStory,
): Promise<{ story: number; headline: string; claims: PublicClaim[] } | undefined> {
  const id = 'story' in named ? named.story : (await storyOfTakeaway(db, named.claim))?.story
  const found = id === undefined ? undefined : await findStory(db, id)
  const claims = await publicClaims(db, found ? [found.id] : [], maxClaims)
  const story = wholeStory(claims)
  return story && { story: story.id, headline: shorten(story.headline, maxHeadline), claims }
}

async function checkLink(
  app: App,
  token: string,
  find: (id: number) => Promise<Subscriber | undefined>,
): Promise<{ kind: 'open'; subscriber: Subscriber } | Exclude<NoLabels, { kind: 'missing' }>> {
  const check = verifyToken(app.config.secretKeys, 'label', token, app.now())
  if (check.kind !== 'valid') return { kind: 'invalid' }
  const reader = readerSubject(check.subject)
  if (reader === null) return { kind: 'invalid' }
  const subscriber = await find(reader)
  if (check.nonce !== subscriber?.link_nonce) return { kind: 'invalid' }
  return subscriber?.state === 'active' ? { kind: 'open', subscriber } : { kind: 'gone' }
}
