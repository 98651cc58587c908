/**
 * A date that a text writes: a day of a month, with its year where it stands there, or a day of the week (1 is Monday).
 * Two days joined as in `9 to 10 November` are one date whose `lastDay` is the second.
 */
export type WrittenDate = { start: number; end: number } & (
  | { month: number; day: number; lastDay?: number; joint?: string; year?: number }
  | { weekday: number }
)
