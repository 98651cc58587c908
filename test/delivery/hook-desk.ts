import { sql } from 'kysely'
import { verpAddress } from '../../src/delivery/bounces/verp.ts'
import { deliverMail } from '../../src/delivery/deliver.ts'
import { welcomeNewcomers } from '../../src/editions/welcome.ts'
import type { FetchOutcome } from '../../src/http/fetch-outcome.ts'
import { isSuppressed } from '../../src/readers/store/suppressions.ts'
import { createWeb } from '../../src/web/server.ts'
import { type Desk, openDesk } from '../support/desk.ts'
import { join, olena } from '../support/people.ts'
import { strike } from '../support/report.ts'

export const petro = { ...olena, email: 'petro@example.org' }
export const hooks = {
  sesTopics: ['arn:aws:sns:eu-west-1:123456789012:bounces'],
  postmark: 'postmark:correct-horse-battery',
  mailgunKey: 'key-of-mailgun-0123456789',
}

/**
 * A desk that has sent Olena and Petro a mail each, with all webhooks set up. `remote` answers what the webhooks fetch.
 */
export type HookDesk = Desk & {
  remote: { requests: string[]; answer: (url: string) => FetchOutcome }
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<{ status: number; text: string }>
  /** The mail that a reader got. `from` is its envelope sender. */
  mailTo(email: string): { from: string; messageId: string; raw: string }
  /** The state of a reader, and what is noted on the reader's delivery. */
  stateOf(email: string): Promise<{ suppressed: boolean; bounce: string | null; complained: boolean; state: string }>
  /** The noted reports, oldest first. */
  noted(): Promise<{ kind: string; source: string; delivery_id: number | null; detail: string }[]>
}

export async function openHookDesk(bounceDomain?: string): Promise<HookDesk> {
  const desk = await openDesk('2026-11-23T12:00:00Z')
  const { app, sink } = desk
  Object.assign(app.config, { bounceDomain, hooks, mailFrom: 'Sitrep <desk@example.org>' })
  const remote: HookDesk['remote'] = { requests: [], answer: () => ({ kind: 'failed', reason: 'nothing there' }) }
  app.fetcher = {
    get: async (url) => {
      remote.requests.push(url)
      return remote.answer(url)
    },
    close: async () => {},
  }
  await desk.report('one', [strike])
  await join(app, olena, petro)
  await welcomeNewcomers(app)
  await deliverMail(app)
  const web = createWeb(app)
  return {
    ...desk,
    remote,
    async post(path, body, headers = {}) {
      const text = typeof body === 'string' ? body : JSON.stringify(body)
      const answer = await web.request(path, { method: 'POST', body: text, headers })
      return { status: answer.status, text: await answer.text() }
    },
    mailTo(email) {
      const { from, raw, parsed } = sink.messages.find(({ to }) => to.includes(email))!
      return { from, raw, messageId: parsed.messageId! }
    },
    async stateOf(email) {
      const row = await app.db
        .selectFrom('deliveries as d')
        .innerJoin('subscribers as p', 'p.id', 'd.subscriber_id')
        .select(['d.bounce', 'd.complained_at', 'p.state'])
        .where('p.email', '=', email)
        .executeTakeFirstOrThrow()
      const suppressed = await isSuppressed(app.db, email)
      return { suppressed, bounce: row.bounce, complained: row.complained_at !== null, state: row.state }
    },
    noted: () =>
      app.db.selectFrom('bounces').select(['kind', 'source', 'delivery_id', 'detail']).orderBy('id').execute(),
  }
}

/** Enters more editions with an accepted delivery to a reader; gives the envelope senders of these mails. */
export async function moreMails({ app }: Desk, email: string, count: number): Promise<string[]> {
  const { rows } = await sql<{ id: number }>`
    with e as (
      insert into editions (key, slug, kind, subject, html, text, takeaways, topics, closed_at)
      select key || n, slug || n, kind, subject, html, text, takeaways, topics, closed_at
      from (select * from editions limit 1) e, generate_series(1, ${count}::int) n returning id),
    s as (insert into sendings (edition_id, n, reason, actor, at) select id, 0, 'test', 'test', now() from e)
    insert into deliveries (edition_id, subscriber_id, sending, state, dated_at, at, message_id)
    select e.id, p.id, 0, 'accepted', now(), now(), e.id::text from e, subscribers p where p.email = ${email}
    returning id`.execute(app.db)
  return rows.map(({ id }) => verpAddress(app.config.secretKeys, id, 'bounces.example.org'))
}
