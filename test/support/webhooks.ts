import { sql } from 'kysely'
import type { App } from '../../src/app.ts'
import { verpAddress } from '../../src/delivery/bounces/verp.ts'
import { deliverMail } from '../../src/delivery/deliver.ts'
import { welcomeNewcomers } from '../../src/editions/welcome.ts'
import type { Fetcher } from '../../src/http/fetch.ts'
import type { FetchOutcome } from '../../src/http/fetch-outcome.ts'
import { isSuppressed } from '../../src/readers/store/suppressions.ts'
import type { Pages } from './pages.ts'
import { olena } from './people.ts'
import { join } from './readers.ts'
import { report, strike } from './report.ts'
import { openTestApp, type TestApp } from './test-app.ts'

export const petro = { ...olena, email: 'petro@example.org' }
export const hooks = {
  ses: ['arn:aws:sns:eu-west-1:123456789012:bounces'],
  postmark: 'postmark:correct-horse-battery',
  mailgun: 'key-of-mailgun-0123456789',
}

/** The far side of the network: `requests` holds what a webhook fetched, `answer` says what it got. */
export type Remote = { fetcher: Fetcher; requests: string[]; answer: (url: string) => FetchOutcome }

export function createRemote(answer: Remote['answer'] = () => ({ kind: 'failed', reason: 'nothing there' })): Remote {
  const remote: Remote = {
    requests: [],
    answer,
    fetcher: {
      async get(url) {
        remote.requests.push(url)
        return remote.answer(url)
      },
      close: async () => {},
    },
  }
  return remote
}

/** Opens an app with all webhooks, which has sent Olena and Petro a mail each. */
export async function openAppWithHooks(bounceDomain = '', { fetcher } = createRemote()): Promise<TestApp> {
  const env = {
    SES_TOPIC_ARN: hooks.ses.join(','),
    POSTMARK_WEBHOOK_AUTH: hooks.postmark,
    MAILGUN_SIGNING_KEY: hooks.mailgun,
    MAIL_FROM: 'Sitrep <desk@example.org>',
    BOUNCE_DOMAIN: bounceDomain,
  }
  const app = await openTestApp({ sink: true, env, overrides: { fetcher } })
  await report(app, 'one', [strike])
  await join(app, olena, petro)
  await welcomeNewcomers(app)
  await deliverMail(app)
  return app
}

/** Calls a webhook as its provider does. */
export async function callHook(
  pages: Pages,
  path: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<{ status: number; text: string }> {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const answer = await pages.send(path, { method: 'POST', body: text, headers })
  return { status: answer.status, text: await answer.text() }
}

/** The mail that a reader got. `from` is its envelope sender. */
export function mailTo({ sink }: TestApp, email: string): { from: string; messageId: string; raw: string } {
  const { from, raw, parsed } = sink.messages.find(({ to }) => to.includes(email))!
  return { from, raw, messageId: parsed.messageId! }
}

type BounceState = { suppressed: boolean; bounce: string | null; complained: boolean; state: string }

/** The state of a reader, and what is noted on the reader's delivery. */
export async function bounceStateOf({ db }: App, email: string): Promise<BounceState> {
  const { bounce, complained_at, state } = await db
    .selectFrom('deliveries as d')
    .innerJoin('subscribers as p', 'p.id', 'd.subscriber_id')
    .select(['d.bounce', 'd.complained_at', 'p.state'])
    .where('p.email', '=', email)
    .executeTakeFirstOrThrow()
  return { suppressed: await isSuppressed(db, email), bounce, complained: complained_at !== null, state }
}

/** The noted reports, oldest first. */
export const notedBounces = ({ db }: App) =>
  db.selectFrom('bounces').select(['kind', 'source', 'delivery_id', 'detail']).orderBy('id').execute()

/** Enters more editions with an accepted delivery to a reader; gives the envelope senders of these mails. */
export async function enterMoreMails({ db, config }: App, email: string, count: number): Promise<string[]> {
  const { rows } = await sql<{ id: number; link_nonce: string }>`
    with e as (
      insert into editions (key, slug, kind, subject, html, text, takeaways, topics, closed_at)
      select key || n, slug || n, kind, subject, html, text, takeaways, topics, closed_at
      from (select * from editions limit 1) e, generate_series(1, ${count}::int) n returning id),
    s as (insert into sendings (edition_id, n, reason, actor, at) select id, 0, 'test', 'test', now() from e)
    insert into deliveries (edition_id, subscriber_id, sending, state, dated_at, at, message_id)
    select e.id, p.id, 0, 'accepted', now(), now(), e.id::text from e, subscribers p where p.email = ${email}
    returning id, (select link_nonce from subscribers p where p.id = subscriber_id)`.execute(db)
  return rows.map((row) => verpAddress(config.secretKeys, row, 'bounces.example.org'))
}
