import type { Tx } from '../platform/db/db.ts'
import { matchByStory } from '../reading/store/takeaways.ts'
import type { BackgroundFor } from './background-for.ts'
import { compareClaim } from './compare-claim.ts'
import type { Fact } from './rules/facts/fact.ts'
import { factsIn } from './rules/facts/facts-in.ts'
import { maxDistance } from './rules/likeness.ts'
import { storedUnit } from './rules/stored-unit.ts'
import type { Brake, Link } from './rules/types.ts'
import {
  claimsOnNoTopic,
  forgetTried,
  keepTried,
  saveTerms,
  topicsOfClaim,
  type UnplacedClaim,
} from './store/claims.ts'
import { saveFacts } from './store/facts.ts'
import { addClaim, saveLinks } from './store/stories.ts'

const maxBatch = 50

/**
 * Lets claims on no topic follow the claims whose events they plainly tell: a toll that rises is often told without a word on
 * what was hit. They get the topics of those, and make no stories. Returns whether more claims are left.
 */
export async function followStories(tx: Tx, now: Temporal.Instant, backgroundFor: BackgroundFor): Promise<boolean> {
  const since = now.subtract({ milliseconds: maxDistance })
  await forgetTried(tx, since)
  const claims = await claimsOnNoTopic(tx, since, maxBatch)
  for (const claim of claims) {
    const follows = countsWhatHappened(claim) && (await follow(tx, claim, backgroundFor))
    if (!follows) await keepTried(tx, claim.wording, now)
  }
  return claims.length === maxBatch
}

/** Returns whether the claim tells the event of a story. */
async function follow(tx: Tx, claim: UnplacedClaim, backgroundFor: BackgroundFor): Promise<boolean> {
  const { unit, focus, links, near } = await compareClaim(tx, claim, backgroundFor, { withFollowers: true })
  const likest = likestOf(links)
  const other = near.find((each) => each.wording === likest?.a || each.wording === likest?.b)
  if (!likest || !other) return false
  const follows = other.follows ?? other.wording
  const placed = {
    wording: claim.wording,
    at: claim.at,
    unit: storedUnit(unit),
    focus,
    story_id: other.story_id,
    follows,
  }
  await addClaim(tx, placed)
  await saveLinks(tx, [likest])
  await saveTerms(tx, placed, [...unit.terms.keys()])
  await saveFacts(tx, claim.wording, factsIn(claim.text, claim.attribution))
  await matchByStory(tx, claim.wording, await topicsOfClaim(tx, follows))
  return true
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
const countsWhatHappened = ({ text, attribution }: UnplacedClaim): boolean =>
  factsIn(text, attribution).some(({ role }) => roles.has(role))

const roles = new Set<Fact['role']>([
  ...(['killed', 'wounded', 'missing', 'launched', 'shot down', 'drones launched', 'drones shot down'] as const),
  ...(['damaged', 'without power', 'without water', 'displaced', 'moved'] as const),
])
