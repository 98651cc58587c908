import { z } from 'zod'
import { addressSchema } from '../../platform/address.ts'
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
const maxAlertsMessage = 'Choose how many alerts a day come at most, from 1 to 100.'

export const cadences = ['alert', 'daily', 'weekly'] as const satisfies readonly Cadence[]

/**
 * What a reader chooses for one cadence. Topics are in the reader's order; `minScore` is 0 (all takeaways) to 1. Alerts wait in
 * the hours `quiet`, by the clock of `zone`, and at most `maxAlerts` of them come on a day of that clock.
 */
export const choiceSchema = z.object({
  cadence: z.enum(cadences, 'Choose alert, daily or weekly.'),
  topics: z
    .array(z.string().max(100), 'Choose at least one topic.')
    .transform((slugs) => [...new Set(slugs)])
    .pipe(z.array(z.string()).min(1, 'Choose at least one topic.').max(100, 'Choose at most 100 topics.')),
  at: timeOfDay('Give the time as HH:MM, such as 07:00.').default('07:00'),
  zone: zoneSchema.default('UTC'),
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

export const subscribeSchema = choiceSchema.extend({ email: addressSchema })
export type SubscribeRequest = z.infer<typeof subscribeSchema>

/** All subscriptions that a reader wants from now on: a cadence that is not among them ends. */
export const preferencesSchema = z.object({
  subscriptions: z
    .array(choiceSchema)
    .refine((choices) => new Set(choices.map((choice) => choice.cadence)).size === choices.length, {
      message: 'Choose each cadence once.',
    }),
})
export type Preferences = z.infer<typeof preferencesSchema>
