import type { ToldStory } from '../../editions/mail/told-stories.ts'
import type { Db } from '../../platform/db/db.ts'
import { type ReplayedDelivery, toldTakeaways } from '../store/replayed.ts'
import type { Library } from './library.ts'

/** A mail of a replay. `words` counts those of its text part, without addresses. */
export type ReplayedMail = {
  kind: string
  at: string
  subject: string
  preheader: string
  lead: string | null
  words: number
  stories: ReplayedStory[]
  html: string
  text: string
}

type ReplayedStory = {
  id: string
  headline: string
  status: ToldStory['status']
  told: 'full' | 'line'
  weight: number
  /** `report` is the id of the line that the claim stands in. */
  takeaways: { report: string; text: string }[]
  feeds: string[]
  publishers: number
  figures: { role: string; values: { value: string; speaker: string | null; report: string }[] }[]
}

/** A mail as the ledger has it, with its stories as its edition tells them. */
export async function replayedMail(db: Db, mail: ReplayedDelivery, library: Library): Promise<ReplayedMail> {
  const { kind, closed_at, subject, html, text, takeaways } = mail
  const told = await toldTakeaways(db, takeaways)
  const sources = new Map([...told].map(([id, takeaway]) => [id, library.reportOf(takeaway)]))
  const stories = (mail.stories as ToldStory[])
    .filter(({ told: as }) => as !== 'counted')
    .map((story): ReplayedStory => {
      const claims = story.takeaways.flatMap((id) => told.get(id) ?? [])
      return {
        id: `story-${story.id}`,
        headline: story.headline,
        status: story.status,
        told: story.told === 'line' ? 'line' : 'full',
        weight: story.weight,
        takeaways: claims.map((claim) => ({ report: library.reportOf(claim), text: claim.text })),
        feeds: [...new Set(claims.map(({ feed }) => library.feedOf(feed)))],
        publishers: story.publishers,
        figures: story.figures.map(({ role, values }) => ({
          role,
          values: values.map(({ value, speaker, takeaway }) => ({
            value,
            speaker,
            report: sources.get(takeaway) ?? '',
          })),
        })),
      }
    })
  const at = closed_at.toString()
  const preheader = /<div[^>]*display: ?none[^>]*>([^<]*)/.exec(html)?.[1]?.trim() ?? ''
  return { kind, at, subject, preheader, lead: stories[0]?.id ?? null, words: wordCount(text), stories, html, text }
}

/** The words of a text part, without its addresses and the placeholders of its links. */
const wordCount = (text: string): number =>
  text.replace(/https?:\S+|@@\w+@@/g, ' ').match(/[\p{L}\p{N}][\p{L}\p{M}\p{N}'’.,-]*/gu)?.length ?? 0
