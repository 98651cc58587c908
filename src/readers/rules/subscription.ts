import { z } from 'zod'
import { writtenAddressSchema } from '../../platform/address.ts'
import type { Cadence } from '../../platform/db/tables/editions.ts'
import { zoneSchema } from './zone.ts'

const timeOfDay = (message: string) => z.string(message).regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, message)
const quietMessage = 'Give the quiet hours with a beginning and an end, such as 22:00-06:00.'

/** The quiet hours of alerts: `22:00-06:00`, or their two times; null for none. */
const quietSchema = z
  .preprocess(
    (hours) => {
      if (typeof hours !== 'string') return hours
      const [from, to, ...rest] = hours.trim().split(/ ?[-–] ?/)
      return rest.length > 0 ? undefined : { from, to }
    },
    z
      .object({ from: timeOfDay(quietMessage), to: timeOfDay(quietMessage) }, quietMessage)
      .refine(({ from, to }) => from !== to, 'The quiet hours must begin and end at different times.')
      .nullable(),
  )
  .default(null)

/** So many alerts a day come at most to a reader who does not choose. */
export const defaultMaxAlerts = 12
const placeMessage = 'Give places by their ISO 3166 codes, such as UA or UA-63.'
const languageMessage = 'Give languages by their codes, such as en or uk.'
const weekdayMessage = 'Choose a weekday from 1, Monday, to 7.'
const maxAlertsMessage = 'Choose how many alerts a day come at most, from 1 to 100.'

/** How long a digest may take to read, in minutes; null for all of it. */
const readingMinutes = [2, 5, null] as const

/** A list of which no entry comes twice; an empty one leaves out nothing. */
const listOf = <Entry extends z.ZodType>(entry: Entry, max: number, message: string) =>
  z
    .array(entry)
    .transform((entries) => [...new Set(entries)])
    .refine((entries) => entries.length <= max, message)
    .default([])

export const cadences = ['alert', 'daily', 'weekly'] as const satisfies readonly Cadence[]

/**
 * What a reader chooses for one subscription. Topics are in the reader's order; `minScore` is 0 (all takeaways) to 1. With
 * `allTopics` a takeaway must be on all of them. It must be from one of `feeds`, tell of one of `places` (ISO 3166), and be in
 * one of `languages`; an empty list leaves out nothing. Digests come at `at`, weekly ones on a `weekday` (1 is Monday), are read in
 * so many `minutes`, and with `quietMail` come without news too. Alerts wait in the hours `quiet`, by the clock of `zone`, and at
 * most `maxAlerts` of them come on a day of that clock.
 */
export const choiceSchema = z.object({
  cadence: z.enum(cadences, 'Choose alert, daily or weekly.'),
  topics: z
    .array(z.string().max(100), 'Choose at least one topic.')
    .transform((slugs) => [...new Set(slugs)])
    .pipe(z.array(z.string()).min(1, 'Choose at least one topic.').max(100, 'Choose at most 100 topics.')),
  allTopics: z.boolean('Say whether all topics must be met with true or false.').default(false),
  feeds: listOf(z.number().int().positive(), 500, 'Choose at most 500 feeds.'),
  places: listOf(z.string().regex(/^[A-Z]{2}(?:-[A-Z0-9]{1,3})?$/, placeMessage), 100, 'Choose at most 100 places.'),
  languages: listOf(z.string().regex(/^[a-z]{2,3}$/, languageMessage), 30, 'Choose at most 30 languages.'),
  at: timeOfDay('Give the time as HH:MM, such as 07:00.').default('07:00'),
  zone: zoneSchema.default('UTC'),
  weekday: z.coerce.number(weekdayMessage).int(weekdayMessage).min(1, weekdayMessage).max(7, weekdayMessage).default(1),
  minutes: z.literal(readingMinutes, 'Choose 2 or 5 minutes, or null for all of it.').default(2),
  quietMail: z.boolean('Say whether a digest comes without news with true or false.').default(false),
  minScore: z
    .number('The score must be a number from 0 to 1.')
    .min(0, 'The score must be a number from 0 to 1.')
    .max(1, 'The score must be a number from 0 to 1.')
    .default(0),
  quiet: quietSchema,
  maxAlerts: z.coerce
    .string()
    .regex(/^\d{1,3}$/, maxAlertsMessage)
    .transform(Number)
    .pipe(z.number().min(1, maxAlertsMessage).max(100, maxAlertsMessage))
    .default(defaultMaxAlerts),
})
export type Choice = z.infer<typeof choiceSchema>

export const subscribeSchema = choiceSchema.extend({ email: writtenAddressSchema })
export type SubscribeRequest = z.infer<typeof subscribeSchema>

/** So many subscriptions a reader may have. */
export const maxSubscriptions = 20
