/** How the readers of one mail domain fared lately: known addresses that it called dead, and those that it accepted. */
export type DomainAnswers = { dead: number; accepted: number }

/** Answers within this time are compared. */
export const comparedFor = Temporal.Duration.from({ hours: 1 })
/** A trouble goes on while its last answer is younger. */
export const troubleLasts = Temporal.Duration.from({ hours: 24 })
/** An alarm names a domain so long after its last answer. */
export const troubleIsShown = Temporal.Duration.from({ hours: 6 })

const minAddresses = 10
const maxDeadShare = 0.2
/** Fewer known addresses that are called dead say nothing of their domain. */
export const minDeadAddresses = Math.ceil(minAddresses * maxDeadShare)

/** So many mailboxes must have sent a report by mail, so that an alarm tells of it. */
export const minReporters = 10

/** Whether a domain calls so many known addresses dead that it is in trouble: a fifth of at least ten. */
export function isInTrouble({ dead, accepted }: DomainAnswers): boolean {
  return dead + accepted >= minAddresses && dead >= (dead + accepted) * maxDeadShare
}
