import { composeDigests } from '../../src/editions/compose-digests.ts'
import { welcomeNewcomers } from '../../src/editions/welcome.ts'
import { oneLine } from '../../src/platform/text/shorten.ts'
import type { SubscribeRequest } from '../../src/readers/rules/subscription.ts'
import { join } from '../support/readers.ts'
import { flight, strike } from '../support/report.ts'
import type { TestApp } from '../support/test-app.ts'

/** Two reports' sentences with other figures: one that fell, and one that rose. */
export const fewer = flight.replace('Four thousand', 'Four hundred')
export const higher = strike.replace('thirty thousand', 'forty thousand')

/** Confirms readers and creates their welcome digests, so that what comes next is news. */
export async function welcomed(app: TestApp, ...readers: SubscribeRequest[]): Promise<void> {
  await join(app, ...readers)
  await welcomeNewcomers(app)
}

/** A mail to a reader, its text as one line. */
export type TextMail = { kind: string; subject: string; text: string }

/** The alerts and digests to a reader, oldest first; the welcome digest is left out. */
export async function newsTo(app: TestApp, { email }: { email: string }): Promise<TextMail[]> {
  const rows = await app.db
    .selectFrom('deliveries as d')
    .innerJoin('editions as e', 'e.id', 'd.edition_id')
    .innerJoin('subscribers as p', 'p.id', 'd.subscriber_id')
    .select(['e.kind', 'e.subject', 'e.text'])
    .where('p.email', '=', email)
    .where('e.kind', 'not in', ['welcome', 'change'])
    .orderBy('d.id')
    .execute()
  return rows.map(({ text, ...mail }) => ({ ...mail, text: oneLine(text) }))
}

/** Composes the digests of a day in November at seven o'clock in Warsaw. */
export async function composeOn(app: TestApp, day: number): Promise<void> {
  app.clock.at(`2026-11-${day}T06:00:00Z`)
  await composeDigests(app)
}
