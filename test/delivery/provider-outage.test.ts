import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { urgentAlarms } from '../../src/admin/alarms/current-alarms.ts'
import { takeReport } from '../../src/delivery/bounces/take-bounce.ts'
import { deliverMail } from '../../src/delivery/deliver.ts'
import { heartbeat } from '../../src/platform/db/lease.ts'
import { listSuppressions } from '../../src/readers/store/suppressions.ts'
import { createDigest } from '../support/deliveries.ts'
import { bounceAddressesOf } from '../support/readers.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'

const begin = Temporal.Now.instant().add({ minutes: 10 })
const gone = { kind: 'bounce', status: '5.1.1', detail: '550 5.1.1 no such user' } as const
const readers = 40

let app: TestApp
let returned: string[]
beforeEach(async () => {
  app = await openTestApp({ at: begin, sink: true })
  await digest('monday', 0)
  await sql`update subscribers set email = 'reader' || id || '@provider.example' where id <= 20`.execute(app.db)
  returned = await bounceAddressesOf(app, await digest('tuesday', 24), 20)
})
afterEach(() => app.close())

/** Mails an edition to all readers so many hours after the begin. */
async function digest(key: string, hours: number): Promise<number> {
  await move(hours)
  const id = await createDigest(app, readers, { key })
  const times = { due_at: app.now(), dated_at: app.now() }
  await app.db.updateTable('deliveries').set(times).where('edition_id', '=', id).execute()
  await deliverMail(app)
  return id
}

async function move(hours: number): Promise<void> {
  app.clock.at(begin.add({ hours }))
  await heartbeat(app.db, app.worker.id)
}

const outages = async () => (await urgentAlarms(app)).filter(({ type }) => type === 'Provider outage')

test('an outage that bounce mails alone tell of raises an alarm, suppresses nobody and holds back no mail', async () => {
  for (const address of returned) await takeReport(app, address, gone)
  expect(await outages()).toMatchObject([
    {
      key: 'outage provider.example',
      text: expect.stringMatching(
        / call 20 addresses of provider\.example dead .* nobody is suppressed.* sitrep resend /,
      ),
    },
  ])
  expect(await listSuppressions(app.db, { limit: 10 })).toEqual([])
  app.sink.messages.length = 0
  await digest('wednesday', 25)
  expect(app.sink.messages).toHaveLength(readers)
  await move(32)
  expect(await outages()).toEqual([])
})

test('nine mailboxes raise no alarm, however often each reports', async () => {
  for (let n = 0; n < 3; n++) for (const address of returned.slice(0, 9)) await takeReport(app, address, gone)
  expect(await outages()).toEqual([])
})

test('one mailbox with many addresses raises no alarm, nor do reports of mails that are not ours', async () => {
  await sql`update subscribers set email = 'mallory+' || id || '@provider.example' where id <= 20`.execute(app.db)
  for (const address of returned) {
    await takeReport(app, address, gone)
    await takeReport(app, address.replace(/.@/, '0@'), gone)
  }
  expect(await outages()).toEqual([])
})
