import type { StoryClaim } from '../../src/editions/rules/briefing/story.ts'
import { factsIn } from '../../src/stories/rules/facts/facts-in.ts'
import { newsStream } from './news-stream.ts'

export const topics = [
  { slug: 'infrastructure-strikes', name: 'Infrastructure strikes' },
  { slug: 'security-guarantees', name: 'Security guarantees' },
  { slug: 'displacement', name: 'Displacement' },
]

const publishers = ['Meridian Wire', 'River Desk', 'Relief Coordination Bulletin', 'The Harbour Daily']
/** How many claims stories have, in turns: most events have one source. */
const claimsOfStory = [3, 1, 2, 1, 1, 4, 1]
const publishedBefore = { hours: 20 }

/**
 * Claims of made-up stories, one to four of each, with quotations and addresses of the usual length; the same ones at each call.
 * Reports come in `days` days until `until`, and every third story is in the thread of the one before.
 */
export function claimsOf(
  stories: number,
  { until, days = 1 }: { until: Temporal.Instant; days?: number },
): StoryClaim[] {
  const sentences = newsStream()
  const sentence = (): string => sentences.next().value
  return Array.from({ length: stories }, (_, story) => {
    const event = sentence()
    const at = until.subtract(publishedBefore).subtract({ hours: 24 * (story % days) })
    return Array.from({ length: claimsOfStory[story % claimsOfStory.length]! }, (_each, n) => {
      const text =
        n === 0
          ? event
          : event.replace(/\d+/, (count) => String(Number(count) + n)).replace(/ said\.$/, ' told reporters.')
      return claimOf({
        id: story * 10 + n + 1,
        story: story + 1,
        text,
        quote: `${sentence()} ${n % 2 ? sentence() : ''}`.trim(),
        at,
      })
    })
  }).flat()
}

type About = { id: number; story: number; text: string; quote: string; at: Temporal.Instant }

function claimOf({ id, story, text, quote, at }: About): StoryClaim {
  const publisher = publishers[id % publishers.length]!
  const title = text.split(',')[0]!
  const host = publisher.toLowerCase().replaceAll(' ', '-')
  const { slug } = topics[story % topics.length]!
  return {
    ...{ id, lineage: id, wording: id, position: id, story, text, publisher },
    thread: story % 3 === 0 ? story - 1 : story,
    kind: 'extracted',
    attribution: id % 3 ? null : 'the air force',
    evidence: [{ passage: 3, quote, references: [] }],
    matches: [{ topic: slug, score: 0.8, words: [], via: 'takeaway' }],
    item: {
      ...{
        id,
        title,
        publishedAt: at,
        firstSeenAt: at.add({ minutes: 6 }),
        editedAt: null,
        isSummary: false,
        language: 'en',
      },
      url: `https://www.${host}.example/world/2026/11/${title.toLowerCase().replaceAll(' ', '-')}-${id}`,
    },
    feed: { id: id % publishers.length, title: publisher, publisher: 'wire' },
    facts: factsIn(text),
    focus: 0.3,
    isShort: true,
  }
}
