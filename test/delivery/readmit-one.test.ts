import { afterAll, beforeAll, expect, test } from 'vitest'
import { takeReport } from '../../src/delivery/bounces/take-bounce.ts'
import { deliverMail } from '../../src/delivery/deliver.ts'
import { composeDigests } from '../../src/editions/compose-digests.ts'
import { welcomeNewcomers } from '../../src/editions/welcome.ts'
import { heartbeat } from '../../src/platform/db/lease.ts'
import { runCommand } from '../support/command.ts'
import { mira, olena } from '../support/people.ts'
import { bounceAddressOf, join, readerOf } from '../support/readers.ts'
import { flight, report, strike } from '../support/report.ts'
import { openTestApp, settingsOf, type TestApp } from '../support/test-app.ts'

let app: TestApp
beforeAll(async () => {
  app = await openTestApp({ sink: true, at: '2026-11-22T12:00:00Z' })
  await report(app, 'before', [strike], { old: true })
  await join(app, olena, { ...mira, zone: olena.zone })
  await welcomeNewcomers(app)
})
afterAll(() => app.close())

/** The subjects of what was sent to an address since the last look. */
async function sent(to: string): Promise<string[]> {
  await heartbeat(app.db, app.worker.id)
  await deliverMail(app)
  return app.sink.messages
    .splice(0)
    .flatMap((mail) => (mail.to.includes(to) ? [mail.parsed.subject ?? ''] : [mail.to[0]!]))
}
const run = (...args: string[]) => runCommand(args, settingsOf(app))

test('a reader who complained by mistake is readmitted, and the last digest goes to this reader alone', async () => {
  await sent(olena.email)
  await report(app, 'one', [strike, flight])
  app.clock.at('2026-11-23T05:05:00Z')
  await composeDigests(app)
  expect(await sent(olena.email)).toHaveLength(2)
  const { id } = await readerOf(app, olena.email)
  const digest = await app.db
    .selectFrom('deliveries as d')
    .innerJoin('editions as e', 'e.id', 'd.edition_id')
    .select(['d.id', 'e.key', 'e.subject'])
    .where('d.subscriber_id', '=', id)
    .where('e.kind', '=', 'daily')
    .executeTakeFirstOrThrow()
  await takeReport(app, await bounceAddressOf(app, digest.id), { kind: 'complaint', detail: 'abuse' })
  expect((await readerOf(app, olena.email)).state).toBe('gone')
  const refused = await run('resend', digest.key, '--to', olena.email, '--reason', 'asked')
  expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('No reader would get the edition') })
  const lifted = await run('suppressions', 'lift', olena.email, '--restore', '--reason', 'pressed spam by mistake')
  expect(lifted.stdout).toBe('Lifted. The reader gets mail as before.\n')
  const again = await run('resend', digest.key, '--to', olena.email, '--reason', 'pressed spam by mistake')
  expect(again.stdout).toBe('Queued for 1 reader as sending 1.\n')
  app.clock.at(Temporal.Now.instant().add({ seconds: 1 })) // commands have the clock of the machine
  expect(await sent(olena.email)).toEqual([digest.subject])
  const shown = await run('subscribers', 'show', olena.email)
  for (const words of [
    'by command: lift suppression',
    'resent by an admin: accepted by the relay',
    'A complaint (bounce mail)',
  ])
    expect(shown.stdout).toContain(words)
})
