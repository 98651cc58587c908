/** A mailbox counts as abandoned when so many editions have found it full within so long. */
export const fullTimes = 3
export const fullFor = Temporal.Duration.from({ hours: 24 * 14 })
