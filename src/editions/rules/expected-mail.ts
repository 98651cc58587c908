import type { Cadence } from '../../platform/db/tables/editions.ts'

/** The claims of one topic that became known on one day: `ago` counts days of 24 hours back from now. */
export type TopicDay = { topic: string; ago: number; claims: TopicClaim[] }
/** A claim by its story and its wording (greater ones were read later), with its score on the topic, 0 to 1. */
export type TopicClaim = [story: number, wording: number, score: number]

/**
 * The claims of the last days, and those of them that would raise alerts. `days` says how many days are stored for each topic;
 * it is empty where no story is stored at all.
 */
export type RecentMail = {
  days: ReadonlyMap<string, number>
  told: TopicDay[]
  alerting: TopicDay[]
  origins: ReadonlyMap<number, ClaimOrigin>
}

export type MailChoice = { cadence: Cadence; topics: string[]; minScore: number } & Partial<ChoiceLimits>
/** What a choice leaves out beside its topics; an empty list leaves out nothing. */
type ChoiceLimits = { allTopics: boolean; feeds: number[]; places: string[]; languages: string[] }
/** The feed of a claim with its language, empty where the feed names none, and the places that it tells of. */
export type ClaimOrigin = { feed: number; language: string; places: string[] }

/**
 * What a choice would have brought in the last days. `counts` are the stories of each day, or of each week for weekly digests (of
 * all days where there are less than seven). `latest` are the last stories, the newest first.
 */
export type ExpectedMail = { cadence: Cadence; days: number; counts: number[]; latest: number[] }

const daysOfWeek = 7
/** So many stories of a choice are named, and some more are looked up for those that no report tells any more. */
const maxLatest = 4

export function expectedMail(recent: RecentMail, choice: MailChoice): ExpectedMail {
  const { cadence, topics } = choice
  const days = Math.max(0, ...topics.map((topic) => recent.days.get(topic) ?? 0))
  const period = cadence === 'weekly' && days > 0 ? Math.min(daysOfWeek, days) : 1
  const counted = Array.from({ length: Math.floor(days / period) }, () => new Set<number>())
  const last = new Map<number, number>()
  const told = (cadence === 'alert' ? recent.alerting : recent.told).filter(({ topic }) => topics.includes(topic))
  const passes = passing(choice, told, recent.origins)
  for (const { ago, claims } of told) {
    for (const [story, wording, score] of claims) {
      if (!passes(wording, score)) continue
      counted[Math.floor(ago / period)]?.add(story)
      last.set(story, Math.max(last.get(story) ?? 0, wording))
    }
  }
  return { cadence, days, counts: counted.map(({ size }) => size), latest: newestOf(last) }
}

/** Whether a claim on one of the topics of a choice passes the rest of it. */
function passing(choice: MailChoice, days: TopicDay[], origins: RecentMail['origins']) {
  const { topics, minScore, allTopics = false, feeds = [], places = [], languages = [] } = choice
  const counts = new Map<number, number>()
  if (allTopics)
    for (const [, wording] of days.flatMap(({ claims }) => claims)) counts.set(wording, (counts.get(wording) ?? 0) + 1)
  return (wording: number, score: number): boolean => {
    const { feed = 0, language = '', places: told = [] } = origins.get(wording) ?? {}
    const isOfFeed = feeds.length === 0 || feeds.includes(feed)
    const isUnderstood = languages.length === 0 || language === '' || languages.includes(language)
    const isThere = places.length === 0 || told.some((place) => places.includes(place))
    return (
      score >= minScore &&
      isOfFeed &&
      isThere &&
      isUnderstood &&
      (!allTopics || (counts.get(wording) ?? 0) >= topics.length)
    )
  }
}

function newestOf(last: Map<number, number>): number[] {
  const stories = [...last].toSorted(([, a], [, b]) => b - a)
  return stories.slice(0, maxLatest).map(([story]) => story)
}

/** So many stories of a topic and a day are judged, the newest, by so many claims of each: a day needs one for an alert. */
const maxJudgedStories = 12
const maxJudgedClaims = 3

/** The wordings of the claims that may raise an alert: those of stories on the day on which they began. */
export function claimsToJudge(told: TopicDay[]): number[] {
  const begun = new Map<number, number>()
  for (const { ago, claims } of told) {
    for (const [story] of claims) begun.set(story, Math.max(begun.get(story) ?? 0, ago))
  }
  return [...new Set(told.flatMap((day) => claimsToJudgeOf(day, begun)))]
}

function claimsToJudgeOf({ ago, claims }: TopicDay, begun: Map<number, number>): number[] {
  const own = claims.filter(([story]) => begun.get(story) === ago).toSorted(([, a], [, b]) => b - a)
  const byStory = [...Map.groupBy(own, ([story]) => story).values()].slice(0, maxJudgedStories)
  return byStory.flatMap((each) => each.slice(-maxJudgedClaims).map(([, wording]) => wording))
}

/** The days with those of their claims that would raise alerts. */
export function alertingDays(told: TopicDay[], interrupting: ReadonlySet<number>): TopicDay[] {
  return told.map(({ claims, ...day }) => ({
    ...day,
    claims: claims.filter(([, wording]) => interrupting.has(wording)),
  }))
}

const dayMs = 86_400_000

/** How many days there are from `from` to `now`, at least one; of a begun one only whole days count if `isCut`. */
export function daysBetween(from: Temporal.Instant, now: Temporal.Instant, isCut: boolean): number {
  const days = (now.epochMilliseconds - from.epochMilliseconds) / dayMs
  return Math.max(1, isCut ? Math.floor(days) : Math.ceil(days))
}
