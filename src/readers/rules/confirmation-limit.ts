/** How many letters of one kind went to an address in the 24 hours and in the 30 days before. */
export type ConfirmationsSent = { lastDay: number; lastMonth: number }

/** Who types another's address in a form, again and again, sends them one letter a day and three a month at most. */
export function mayMailConfirmation({ lastDay, lastMonth }: ConfirmationsSent): boolean {
  return lastDay < 1 && lastMonth < 3
}
