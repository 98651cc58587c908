import type { MatchedTakeaway } from '../../src/editions/mail/matched-takeaway.ts'
import type { TopicName } from '../../src/reading/rules/types.ts'

/** The topics that the sample readers follow, in the order of the reader in Kyiv. */
export const topics: Record<'strikes' | 'guarantees' | 'displacement', TopicName> = {
  strikes: { slug: 'infrastructure-strikes', name: 'Infrastructure strikes' },
  guarantees: { slug: 'security-guarantees', name: 'Security guarantees' },
  displacement: { slug: 'displacement', name: 'Displacement' },
}
export const allTopics = Object.values(topics)

export const closedAt = Temporal.Instant.from('2026-11-23T05:00:00Z')

export const sender = {
  publicUrl: 'https://sitrep.example.org',
  slug: '2026-11-23-daily-0f3a',
  brand: { postalAddress: '12 Harbour Street, Tallinn 10111', contact: 'desk@sitrep.example.org' },
}

const reports = {
  assessment: {
    item: 11,
    feed: { id: 1, title: 'Meridian Daily Assessment' },
    language: 'en',
    title: 'Assessment of 22 November',
    url: 'https://meridian.example/assessments/2026-11-22',
    at: '2026-11-22T21:30:00Z',
  },
  bulletin: {
    item: 21,
    feed: { id: 2, title: 'Relief Coordination Bulletin' },
    language: 'en-GB',
    title: 'Situation update no. 48: Kharkiv and Donetsk regions',
    url: 'https://bulletin.example/updates/48',
    at: '2026-11-22T14:05:00Z',
  },
  essay: {
    item: 31,
    feed: { id: 3, title: 'Centre for Forced Migration' },
    language: null,
    title: 'Who comes home, and to what',
    url: 'https://migration.example/essays/who-comes-home',
    at: '2026-11-21T09:00:00Z',
  },
}
export type ReportName = keyof typeof reports

let lastId = 100

/** A takeaway as the store would give it; properties that are not given have ordinary values. */
export function matchedTakeaway(
  about: Partial<Omit<MatchedTakeaway, 'item'>> & {
    report?: ReportName
    item?: Partial<MatchedTakeaway['item']>
    on?: TopicName[]
  },
): MatchedTakeaway {
  const { report: name = 'assessment', on = [topics.strikes], item, ...rest } = about
  const report = reports[name]
  const id = rest.id ?? ++lastId
  const at = Temporal.Instant.from(report.at)
  const text = rest.text ?? `Substation ${id} lost power after a strike in the night.`
  return {
    id,
    lineage: id,
    wording: id,
    kind: 'stated',
    text,
    attribution: null,
    evidence: [
      {
        passage: 12,
        quote: `The regional administration said that power was lost at ${id} minutes past four.`,
        references: [],
      },
    ],
    matches: on.map((topic, index) => ({
      topic: topic.slug,
      score: 0.8 - index / 10,
      words: [],
      via: 'takeaway' as const,
    })),
    item: {
      id: report.item,
      title: report.title,
      url: report.url,
      publishedAt: at,
      firstSeenAt: at.add({ minutes: 6 }),
      editedAt: null,
      isSummary: false,
      language: report.language,
      ...item,
    },
    feed: { publisher: `feed ${report.feed.id}`, ...report.feed },
    position: id,
    ...rest,
  }
}
