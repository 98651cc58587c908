/**
 * How long something of a reader is kept or works. The code that forgets it and the privacy page both take it from here. Hours,
 * because an instant has no days.
 */
export const lifetimes = {
  /** A sign-up that nobody confirmed, after its last mail. */
  unconfirmed: Temporal.Duration.from({ hours: 30 * 24 }),
  /** The count of requests for one address from one network, kept as a keyed hash. */
  addressCount: Temporal.Duration.from({ hours: 30 * 24 }),
  /** The count of requests from one client or network. */
  networkCount: Temporal.Duration.from({ hours: 1 }),
  confirmLink: Temporal.Duration.from({ hours: 7 * 24 }),
  preferencesLink: Temporal.Duration.from({ hours: 30 * 24 }),
  undo: Temporal.Duration.from({ hours: 1 }),
  /** The link that takes back an end, in the mail that tells of it. */
  undoByMail: Temporal.Duration.from({ hours: 7 * 24 }),
  /** A change of address that the old address does not answer: until then it can be cancelled. */
  addressChange: Temporal.Duration.from({ hours: 7 * 24 }),
  /** A muted story: none goes on from one of so long ago. */
  mute: Temporal.Duration.from({ hours: 24 * 28 }),
} as const
