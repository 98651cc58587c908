import type { Withheld } from '../../platform/db/tables/feeds.ts'

/**
 * How far an item came on its way to a reader, the first step first. Up to `language` the subscription does not ask for it; from
 * `came later` on something kept it from a mail; from `waits` on there is, or will be, a mail.
 */
export const itemSteps = [
  'left',
  'unconfirmed',
  'old',
  'no match',
  'strength',
  'rule',
  'place',
  'feed',
  'language',
  'came later',
  'changed',
  'digest only',
  'told before',
  'muted',
  'pause',
  'story pause',
  'quiet hours',
  'budget',
  'held',
  'suppressed',
  'waits',
  'skipped',
  'failed',
  'bounced',
  'sending',
  'unknown',
  'got',
] as const
export type ItemStep = (typeof itemSteps)[number]

/** The steps from which a mail with the item still comes. */
export const waitingSteps: ReadonlySet<ItemStep> = new Set(['quiet hours', 'budget', 'story pause', 'waits'])

/** Each step in words, for people. */
export const stepWords: Record<ItemStep, string> = {
  left: 'the reader has ended all subscriptions',
  unconfirmed: 'the reader has not confirmed the sign-up or the address',
  old: 'the item was old when Sitrep first saw it: it is in no mail',
  'no match': 'nothing in the item is on the topics of the reader',
  strength: 'the item matches a topic, with a lower score than the reader asks for',
  rule: 'the item is on a topic of the reader, but no statement is on all of them',
  place: 'the item is about other places than the reader asks for',
  feed: 'the item is from a feed that the reader did not choose',
  language: 'the item is in a language that the reader did not choose',
  'came later': 'the subscription began after the item',
  changed: 'a digest passed the item; the subscription or the report has changed since',
  'digest only': 'the feed raises no alerts, or the item is dated long before its feed; digests tell it',
  'told before': 'the reader knew the news from an earlier mail, or it was no reason to interrupt',
  muted: 'the reader muted the story',
  pause: 'the reader has paused all mail',
  'story pause': 'an alert of the same story came just before; the update waits',
  'quiet hours': 'the alert waits until the quiet hours of the reader end',
  budget: 'the reader had as many alerts today as the reader wants',
  held: 'an admin keeps the item out of all mail',
  suppressed: 'the address of the reader is suppressed, so it gets no mail',
  waits: 'no mail has come to the item yet',
  skipped: 'a mail with it was not sent',
  failed: 'a mail with it failed',
  bounced: 'a mail with it came back',
  sending: 'a mail with it is on its way',
  unknown: 'a mail with it was sent, and it is unknown whether it arrived',
  got: 'a mail with it was accepted',
}

/** What is stored of an item and one subscription of a reader. */
export type StepFacts = {
  /** Whether the subscription brings mail; if not, whether the reader can still confirm one, or has left. */
  standing: 'active' | 'unconfirmed' | 'left'
  cadence: 'alert' | 'daily' | 'weekly'
  /** Whether the item counts as backfill. */
  isOld: boolean
  /** Whether a match of the item passes the choices up to this one; `all` is the whole filter. */
  topic: boolean
  strength: boolean
  place: boolean
  feed: boolean
  language: boolean
  all: boolean
  /** Whether the subscription began before the item. */
  isBefore: boolean
  withheld: Withheld | null
  digestOnly: boolean
  isMuted: boolean
  isPaused: boolean
  isSuppressed: boolean
  /** Why an alert with it waits. */
  waits: 'quiet' | 'budget' | 'pause' | 'changed' | null
  /** Whether alerts of the feed, or a digest of the subscription, have passed the item; `pausedWindow` where it fell into a mail pause. */
  isPassed: boolean
  pausedWindow: boolean
  /** The last mail with the item to this reader. */
  delivery: { state: string; reason: string | null; bounced: boolean } | null
}

/** What a reader's subscription did with an item. The last mail with it decides, if there is one. */
export function itemStep(facts: StepFacts, withheldReason: string): ItemStep {
  const { delivery } = facts
  const step = delivery && stepOfDelivery(delivery, withheldReason)
  if (step && (step !== 'held' || facts.withheld)) return step
  return stepOfFilter(facts) ?? stepOnWay(facts)
}

function stepOfDelivery(
  { state, reason, bounced }: NonNullable<StepFacts['delivery']>,
  withheldReason: string,
): ItemStep | null {
  if (state === 'accepted') return bounced ? 'bounced' : 'got'
  if (state === 'unknown' || state === 'failed') return state
  if (state !== 'skipped') return 'sending'
  if (reason === withheldReason) return 'held'
  return reason === 'muted' || reason === 'suppressed' ? reason : 'skipped'
}

/** The choice that the item does not pass; null when it passes all of them. */
function stepOfFilter(facts: StepFacts): ItemStep | null {
  if (facts.standing !== 'active') return facts.standing
  if (facts.isOld) return 'old'
  if (!facts.topic) return 'no match'
  if (!facts.strength) return 'strength'
  if (!facts.place) return 'place'
  if (!facts.feed) return 'feed'
  if (!facts.language) return 'language'
  return facts.all ? null : 'rule'
}

const stepsOfWaits = { quiet: 'quiet hours', budget: 'budget', pause: 'story pause', changed: 'waits' } as const

/** What kept an item that passes the filter from a mail. */
function stepOnWay(facts: StepFacts): ItemStep {
  if (facts.withheld) return 'held'
  if (facts.isSuppressed) return 'suppressed'
  if (!facts.isBefore) return 'came later'
  if (facts.cadence !== 'alert') return stepOfDigest(facts)
  if (facts.digestOnly) return 'digest only'
  if (facts.waits) return stepsOfWaits[facts.waits]
  if (facts.isMuted) return 'muted'
  if (facts.isPaused) return 'pause'
  return facts.isPassed ? 'told before' : 'waits'
}

function stepOfDigest({ isPassed, isPaused, pausedWindow }: StepFacts): ItemStep {
  if (pausedWindow || (!isPassed && isPaused)) return 'pause'
  return isPassed ? 'changed' : 'waits'
}

/** The furthest of some steps of one reader: another subscription may have brought the item. */
export function furthestStep(steps: ItemStep[]): ItemStep {
  const furthest = Math.max(0, ...steps.map((step) => itemSteps.indexOf(step)))
  return itemSteps[furthest] ?? 'left'
}
