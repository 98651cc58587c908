/** Limits on sign-ups and on the mails that they cause: anybody can enter the address of somebody else in a form. */

/** Sign-ups of the last hour from one source, and of the last minute from all sources. */
export type RecentSignUps = { ofSource: number; ofAll: number }

/** At most 10 sign-ups an hour from one source, and 60 a minute from all. */
export function maySignUp({ ofSource, ofAll }: RecentSignUps): boolean {
  return ofSource < 10 && ofAll < 60
}

/** Confirmation mails of one kind to one address, in the last 24 hours and in the last 30 days. */
export type ConfirmationsSent = { lastDay: number; lastMonth: number }

/** At most one confirmation mail a day and three a month to one address, whoever requests it. */
export function mayMailConfirmation({ lastDay, lastMonth }: ConfirmationsSent): boolean {
  return lastDay < 1 && lastMonth < 3
}
