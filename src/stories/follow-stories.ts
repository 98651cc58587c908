import type { App } from '../app.ts'
import type { Tx } from '../platform/db/db.ts'
import { matchByStory } from '../reading/store/takeaways.ts'
import { type BackgroundFor, backgrounds } from './background-for.ts'
import { type ComparedClaim, compareClaims, linksOf } from './compare-claims.ts'
import type { Fact } from './rules/facts/fact.ts'
import { factsIn } from './rules/facts/facts-in.ts'
import { maxDistance } from './rules/likeness.ts'
import type { Brake, Link } from './rules/types.ts'
import { type Placed, savePlaced } from './save-placed.ts'
import { topicsOfClaim } from './store/claims.ts'
import { claimsInReports, type OffTopicClaim, takeOffTopic } from './store/open-claims.ts'

/** Few of them tell what an event did, and the others cost little. */
const maxBatch = 200

/**
 * Lets claims on no topic follow the claims whose events they plainly tell: a toll that rises is often told without a word on
 * what was hit. They get the topics of those, and make no stories. Returns whether more claims are left.
 */
export async function followStories(app: App, tx: Tx): Promise<boolean> {
  const taken = await takeOffTopic(tx, app.now().subtract({ milliseconds: maxDistance }), maxBatch)
  const counting = taken.filter((claim) => claim.isNews && countsWhatHappened(claim)).map(({ wording }) => wording)
  if (counting.length > 0) await follow(tx, counting, await backgrounds(app, tx))
  return taken.length === maxBatch
}

async function follow(tx: Tx, wordings: number[], backgroundFor: BackgroundFor): Promise<void> {
  const claims = await claimsInReports(tx, wordings)
  const followers: Placed[] = []
  const links: Link[] = []
  for (const one of await compareClaims(tx, claims, backgroundFor, { withFollowers: true })) {
    const likest = likestOf(linksOf(one, followers))
    const leader = likest && leaderOf(one, likest, followers)
    if (!leader) continue
    followers.push({ ...one, ...leader })
    links.push(likest)
  }
  await savePlaced(tx, followers, links)
  for (const { claim, follows } of followers)
    if (follows) await matchByStory(tx, claim.wording, await topicsOfClaim(tx, follows))
}

/** The story and the claim that a claim follows by a link. One that is like a follower follows what that one follows. */
function leaderOf(
  { near }: ComparedClaim,
  { a, b }: Link,
  followers: Placed[],
): Pick<Placed, 'story' | 'follows'> | undefined {
  const stored = near.map(({ wording, story_id, follows }) => ({ wording, story: story_id, follows }))
  const fresh = followers.map(({ claim: { wording }, story, follows }) => ({ wording, story, follows }))
  const other = [...stored, ...fresh].find(({ wording }) => wording === a || wording === b)
  return other && { story: other.story, follows: other.follows ?? other.wording }
}

/** The strongest link, if nothing speaks against it and it is strong enough. */
function likestOf(links: Link[]): Link | undefined {
  const [likest] = links.toSorted((x, y) => y.likeness - x.likeness)
  return likest && likest.likeness >= minLikeness && !likest.why.brakes.some((brake) => parting.has(brake))
    ? likest
    : undefined
}

const minLikeness = 0.2
const parting = new Set<Brake>(['other day', 'other crisis', 'other place', 'other attacker'])

/** Whether a claim tells in a figure what an event did. */
const countsWhatHappened = ({ text, attribution }: OffTopicClaim): boolean =>
  factsIn(text, attribution).some(({ role }) => roles.has(role))

const roles = new Set<Fact['role']>([
  ...(['killed', 'wounded', 'missing', 'launched', 'shot down', 'drones launched', 'drones shot down'] as const),
  ...(['damaged', 'without power', 'without water', 'displaced', 'moved'] as const),
])
