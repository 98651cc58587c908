/**
 * What a figure counts. Roles of the first line are common in briefings; the others are as free as the things that
 * happen.
 */
export type Role =
  | ('launched' | 'shot down' | 'drones launched' | 'drones shot down' | 'killed' | 'wounded' | 'damaged' | 'people')
  | ('without power' | 'reconnected' | 'share' | 'moved' | 'displaced' | 'returned')
  | ('aircraft shot down' | 'bombs launched' | 'shells launched' | 'hits' | 'destroyed' | 'used' | 'remaining')
  | ('missing' | 'trapped' | 'detained' | 'abducted' | 'released' | 'exchanged' | 'rescued' | 'casualties')
  | ('without water' | 'arrivals' | 'troops' | 'deliveries' | 'produced')

/** How a figure is hedged: `over 90`, `about 100`, `up to 60`. */
export type Bound = 'at least' | 'about' | 'up to' | null

/**
 * A figure of a claim. `value` is the text from `start` to `end` (UTF-16 units, `end` exclusive). `low` and `high` are
 * the same unless it is a range or a vague word such as `dozens`. A share is a number from 0 to 1, and its unit is
 * `share`. `unit` is null where the text does not say what is counted.
 */
export type Fact = {
  role: Role
  value: string
  low: number
  high: number
  bound: Bound
  unit: string | null
  speaker: string | null
  start: number
  end: number
}
