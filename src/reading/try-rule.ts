import type { App } from '../app.ts'
import { withSingleBlanks } from '../platform/text/single-blanks.ts'
import { StreamWords } from './rules/learning/stream-words.ts'
import { topicsOfStored } from './rules/topics/stored-claim.ts'
import type { TopicRule, TopicWord } from './rules/types.ts'
import { countStoredClaims, type StoredTakeaway, storedClaims } from './store/stored-claims.ts'

/** The stored takeaways of so many days are looked at. */
const triedDays = 30

/** A takeaway that a rule gains or loses, with the words that it found. */
export type TriedClaim = { id: number; item: number; text: string; score: number; words: string[] }

/** What a rule would have matched, beside what the rule in force matches. `gained` and `lost` are samples, the newest first. */
export type Trial = {
  days: number
  takeaways: number
  matched: number
  matchedBefore: number
  gainedCount: number
  lostCount: number
  gained: TriedClaim[]
  lost: TriedClaim[]
}

/**
 * Runs a rule over the stored takeaways of 30 days, and the rule `before` beside it. Changes nothing. `samples`: how many of
 * the gained and of the lost it keeps; `onProgress` gets how many were looked at.
 */
export async function tryRule(
  app: App,
  { rule, before }: { rule: TopicRule; before: TopicRule | undefined },
  { samples = 10, onProgress }: { samples?: number; onProgress?: (done: number, total: number) => void } = {},
): Promise<Trial> {
  const since = app.now().subtract({ hours: 24 * triedDays })
  const total = await countStoredClaims(app.db, since)
  const rules = [{ ...rule, slug: wanted }, ...(before ? [{ ...before, slug: inForce }] : [])]
  const trial: Trial = {
    ...{ days: triedDays, takeaways: 0, matched: 0, matchedBefore: 0, gainedCount: 0, lostCount: 0 },
    ...{ gained: [], lost: [] },
  }
  for await (const claims of storedClaims(app.db, since)) {
    for (const claim of claims) count(trial, claim, rules, samples)
    onProgress?.(trial.takeaways, Math.max(total, trial.takeaways))
  }
  return trial
}

const wanted = 'wanted'
const inForce = 'in-force'

function count(trial: Trial, claim: StoredTakeaway, rules: TopicRule[], samples: number): void {
  const found = topicsOfStored(claim, rules)
  const now = found.find(({ topic }) => topic === wanted)
  const before = found.find(({ topic }) => topic === inForce)
  trial.takeaways++
  if (now) trial.matched++
  if (before) trial.matchedBefore++
  if (now && !before && ++trial.gainedCount <= samples) trial.gained.push(triedClaim(claim, now))
  if (before && !now && ++trial.lostCount <= samples) trial.lost.push(triedClaim(claim, before))
}

const triedClaim = (
  { id, item, text }: StoredTakeaway,
  { score, words }: { score: number; words: TopicWord[] },
): TriedClaim => ({ id, item, text, score, words: words.map((word) => withSingleBlanks(word.text)) })

/** The words of the newest stored takeaways of 30 days, up to a limit. */
export async function storedWords(app: App, limit = 20_000): Promise<StreamWords> {
  const words = new StreamWords()
  let read = 0
  for await (const claims of storedClaims(app.db, app.now().subtract({ hours: 24 * triedDays }))) {
    for (const { text } of claims) words.add(text)
    read += claims.length
    if (read >= limit) break
  }
  return words
}
