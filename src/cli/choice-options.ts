import type { App } from '../app.ts'
import { feedIds } from '../feeds/store/feed-choices.ts'
import { UserError } from '../platform/user-error.ts'
import { parsePlaces } from '../readers/rules/chosen-places.ts'

/** The options that say what a subscription brings and when, as they are typed. */
export type ChoiceOptions = {
  topics?: string
  allTopics?: boolean
  cadence?: string
  feeds?: string
  places?: string
  languages?: string
  at?: string
  zone?: string
  weekday?: string
  minutes?: string
  quietMail?: boolean
  quiet?: string
  maxAlerts?: string
}

/**
 * The parts of a choice that the options say, for `choiceSchema` to parse; an option that was not given has no part.
 * @throws UserError when a place or a feed is not known
 */
export async function choiceIn({ db }: App, options: ChoiceOptions): Promise<Record<string, unknown>> {
  const { topics, feeds, places, languages, minutes, quiet, ...rest } = options
  const named = parsePlaces(places ?? '')
  if ('problem' in named) throw new UserError(`--places: ${named.problem}`)
  return {
    ...rest,
    ...(topics !== undefined && { topics: listIn(topics) }),
    ...(feeds !== undefined && { feeds: await feedIds(db, listIn(feeds)) }),
    ...(places !== undefined && { places: named.codes }),
    ...(languages !== undefined && { languages: listIn(languages) }),
    ...(minutes !== undefined && { minutes: minutes === 'all' ? null : Number(minutes) }),
    ...(quiet !== undefined && { quiet: quiet === 'none' ? null : quiet }),
  }
}

const listIn = (text: string): string[] =>
  text
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '')
