import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { deliverMail } from '../../src/delivery/deliver.ts'
import { composeDigests } from '../../src/editions/compose-digests.ts'
import { welcomeNewcomers } from '../../src/editions/welcome.ts'
import { suppress } from '../../src/readers/store/suppressions.ts'
import { type CommandResult, runCommand } from '../support/command.ts'
import { withFile } from '../support/import-file.ts'
import { readerOf } from '../support/readers.ts'
import { flight, guarantee, report, strike } from '../support/report.ts'
import type { SunkMessage } from '../support/smtp-server.ts'
import { openTestApp, settingsOf, type TestApp } from '../support/test-app.ts'

/** A year of one admin, by commands alone. Commands look at the real clock, so the app begins there and runs ahead. */
const begin = Temporal.Now.instant()
const day = (days: number, time = '07:00'): Temporal.Instant =>
  begin.toZonedDateTimeISO('UTC').add({ days }).withPlainTime(time).toInstant()

const list = `Adresse;topics;consent_source;consent_date
anna@example.org;displacement;list at the door;2026-11-03
"bo@example.org";infrastructure-strikes;list at the door;2026-11-03
not an address;displacement;list at the door;2026-11-03
ANNA@example.org;displacement;list at the door;2026-11-03
cleo@example.org;displacement;;
dora@example.org;weather;list at the door;2026-11-03
`

let app: TestApp
beforeAll(async () => {
  app = await openTestApp({ sink: true, at: begin })
  await report(app, 'old', ['The weather was fair.'])
})
afterAll(() => app.close())

const sitrep = (...args: string[]): Promise<CommandResult> => runCommand(args, settingsOf(app))
const json = async (...args: string[]) => JSON.parse((await sitrep(...args, '--json')).stdout)

/** Does what is due at an instant; gives the mails that left. */
async function until(at: Temporal.Instant): Promise<SunkMessage[]> {
  app.clock.at(at)
  const before = app.sink.messages.length
  await welcomeNewcomers(app)
  await composeDigests(app)
  await deliverMail(app)
  return app.sink.messages.slice(before)
}
const receivers = (mails: SunkMessage[]): string[] => mails.map(({ to }) => to[0]!).sort()

/** At an instant a report comes; gives the number of its item. */
async function tell(at: Temporal.Instant, name: string, ...claims: string[]): Promise<string> {
  app.clock.at(at)
  await report(app, name, claims)
  const [{ id }] = await json('items', 'list')
  return String(id)
}

describe('an admin’s year', () => {
  test('imports a list: a dry run names the bad lines, and the import takes the others', async () => {
    await withFile(list, async (path) => {
      const args = [
        'subscribers',
        'import',
        path,
        '--column',
        'email=Adresse',
        '--cadence',
        'daily',
        '--at',
        '07:00',
        '--zone',
        'UTC',
      ]
      const plan = await sitrep(...args, '--dry-run')
      expect(plan.stdout + plan.stderr).toContain('Line 4 (bad): email: Give one mail address')
      expect(await json('subscribers', 'list')).toEqual([])
      const { outcomes, notTaken } = await json(...args)
      expect(outcomes).toMatchObject({ active: 2, pending: 1, bad: 2, duplicate: 1 })
      expect(notTaken.map(({ line }: { line: number }) => line)).toEqual([4, 5, 7])
    })
    const states = (await json('subscribers', 'list')).map(
      ({ email, state }: { email: string; state: string }) => `${email} ${state}`,
    )
    expect(states.sort()).toEqual(['anna@example.org active', 'bo@example.org active', 'cleo@example.org pending'])
    expect(receivers(await until(begin.add({ minutes: 5 })))).toContain('cleo@example.org')
  })

  test('holds an item before the morning: the digests go out without it', async () => {
    const doubtful = await tell(day(1, '01:00'), 'doubtful', strike)
    await tell(day(1, '01:05'), 'sound', flight)
    expect((await sitrep('items', 'hold', doubtful, '--reason', 'one source, no photo')).code).toBe(0)
    const mails = await until(day(1))
    expect(receivers(mails)).toEqual(['anna@example.org'])
    expect(mails[0]!.parsed.text).not.toContain('substation')
    expect((await json('items', 'who', doubtful)).withheld).toBeTruthy()
  })

  test('finds why somebody got nothing', async () => {
    const date = day(1).toZonedDateTimeISO('UTC').toPlainDate().toString()
    const { stdout } = await sitrep('subscribers', 'show', 'bo@example.org', '--date', date)
    expect(stdout).toMatch(/nothing|no story|No /)
    const items = await json('items', 'list')
    const { id } = items.find(({ title }: { title: string }) => title === 'Report sound')
    expect((await sitrep('items', 'who', String(id), '--reader', 'bo@example.org')).stdout).toContain('no match')
  })

  test('releases it, and who missed it gets it', async () => {
    const [{ id }] = await json('items', 'list', '--withheld')
    expect((await sitrep('items', 'release', String(id), '--reason', 'a second source')).code).toBe(0)
    const mails = await until(day(2))
    expect([receivers(mails), mails[0]!.parsed.text!.includes('substation')]).toEqual([['bo@example.org'], true])
  })

  test('corrects a report after the morning, to exactly those who got it', async () => {
    const item = await tell(day(2, '12:00'), 'wrong', flight.replace('Four thousand', 'Nine thousand'))
    expect(receivers(await until(day(3)))).toEqual(['anna@example.org'])
    const correct = ['corrections', 'send', item, '--note', 'It was nine hundred.']
    expect((await sitrep(...correct, '--dry-run')).stdout).toContain(
      '1 reader would get the correction: anna@example.org',
    )
    expect((await sitrep(...correct)).code).toBe(0)
    const mails = await until(day(3, '08:00'))
    expect([receivers(mails), mails[0]!.parsed.text!.includes('It was nine hundred.')]).toEqual([
      ['anna@example.org'],
      true,
    ])
    expect((await sitrep(...correct)).stdout).toContain('No reader')
  })

  test('restores who was suppressed in an outage, and sends the missed digest to them alone', async () => {
    await app.db.transaction().execute(async (tx) => {
      const { id } = await readerOf(app, 'bo@example.org')
      await suppress(
        tx,
        { email: 'bo@example.org', subscriber: id, reason: 'dead address', words: '550 no such user' },
        app.now(),
      )
    })
    await tell(day(3, '12:00'), 'missed', strike.replace('thirty thousand', 'sixty thousand'), guarantee)
    await until(day(4))
    expect(app.sink.messages.slice(-1)[0]!.to).not.toEqual(['bo@example.org'])
    const listed = await json('suppressions', 'list')
    expect(listed).toMatchObject([{ subscriber: 'bo@example.org', reason: 'dead address' }])
    expect((await sitrep('suppressions', 'lift', 'bo@example.org', '--reason', 'the provider was down')).code).toBe(0)
    const editions = await json('editions', 'list')
    const digest = editions.find(({ kind }: { kind: string }) => kind === 'daily')
    expect((await sitrep('resend', digest.slug, '--to', 'bo@example.org', '--reason', 'the outage')).code).toBe(0)
    expect(receivers(await until(day(4, '08:00')))).toEqual(['bo@example.org'])
  })

  test('ends and erases who asks for it, and the audit log tells all of it', async () => {
    expect((await sitrep('subscribers', 'end', 'bo@example.org', '--reason', 'she answered the digest')).code).toBe(0)
    expect((await sitrep('subscribers', 'erase', 'bo@example.org', '--reason', 'she asked for it')).code).toBe(0)
    expect((await json('subscribers', 'list')).map(({ email }: { email: string }) => email)).not.toContain(
      'bo@example.org',
    )
    await withFile(list, async (path) => {
      const args = ['subscribers', 'import', path, '--column', 'email=Adresse', '--cadence', 'daily', '--zone', 'UTC']
      expect((await json(...args, '--dry-run')).outcomes).toMatchObject({ erased: 1 })
    })
    expect((await sitrep('doctor')).stdout).not.toContain('audit log was changed')
  })
})
