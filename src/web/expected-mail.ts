import type { App } from '../app.ts'
import { foreign } from '../editions/mail/mail-source.ts'
import { publicStories } from '../editions/public-stories.ts'
import { recentMail } from '../editions/recent-mail.ts'
import { type ExpectedMail, expectedMail, type MailChoice, type RecentMail } from '../editions/rules/expected-mail.ts'
import type { Cadence } from '../platform/db/tables/editions.ts'
import { expectedWords } from './expected-words.ts'
import { keptValue } from './kept-value.ts'
import { shownHeadline } from './story-cards.ts'

/** How much mail a choice would have brought lately, in words, and the last stories of it. */
export type Expectation = { cadence: Cadence; words: string; latest: Headline[] }
type Headline = { id: number; text: string; lang: string | null }

/** What to expect of each of some choices, in their order. */
export type Forecast = (choices: MailChoice[]) => Promise<Expectation[]>

const keptFor = { fresh: Temporal.Duration.from({ minutes: 5 }), stale: Temporal.Duration.from({ hours: 1 }) }
const maxShown = 3
/** So many choices are kept; readers have few different ones. */
const maxChoices = 1_000

/** The forecast of one web process: what came lately is counted every few minutes, and each choice once of that. */
export function createForecast(app: App): Forecast {
  const counted = keptValue(
    app,
    () => countMail(app),
    ({ recent }) => recent.days.size > 0,
    keptFor,
  )
  return async (choices) => expectationsOf(app, await counted(), choices)
}

/** What came lately, with the choices that were counted and the headlines that were looked up; null where there is none. */
type Counted = { recent: RecentMail; choices: Map<string, ExpectedMail>; headlines: Map<number, Headline | null> }

/** The choices of one topic, which the sign-up form shows, are counted with it: no page waits for them later. */
async function countMail(app: App): Promise<Counted> {
  const recent = await recentMail(app.db, app.now())
  const counted: Counted = { recent, choices: new Map(), headlines: new Map() }
  await expectationsOf(app, counted, [...recent.days.keys()].flatMap(choicesOfTopic))
  return counted
}

/** What the sign-up form offers of a topic. */
export const choicesOfTopic = (topic: string): MailChoice[] =>
  (['daily', 'weekly', 'alert'] as const).map((cadence) => ({ cadence, topics: [topic], minScore: 0 }))

async function expectationsOf(app: App, counted: Counted, choices: MailChoice[]): Promise<Expectation[]> {
  const expected = choices.map((choice) => countChoice(counted, choice))
  await findHeadlines(app, counted, [...new Set(expected.flatMap(({ latest }) => latest))])
  return expected.map((mail) => {
    const latest = mail.latest.flatMap((id) => counted.headlines.get(id) ?? []).slice(0, maxShown)
    return { cadence: mail.cadence, words: expectedWords(mail), latest }
  })
}

function countChoice({ recent, choices }: Counted, asked: MailChoice): ExpectedMail {
  const choice = { ...asked, topics: asked.topics.filter((topic) => recent.days.has(topic)).toSorted() }
  const key = JSON.stringify(choice)
  const known = choices.get(key) ?? expectedMail(recent, choice)
  if (choices.size < maxChoices) choices.set(key, known)
  return known
}

async function findHeadlines({ db }: App, { headlines }: Counted, stories: number[]): Promise<void> {
  const unknown = stories.filter((id) => !headlines.has(id))
  if (unknown.length === 0) return
  const found = new Map((await publicStories(db, unknown)).map((story) => [story.id, story]))
  for (const id of unknown) {
    const story = found.get(id)
    headlines.set(id, story ? { id, text: shownHeadline(story), lang: foreign(story.claims[0].item.language) } : null)
  }
}
