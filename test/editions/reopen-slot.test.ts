import { afterEach, beforeEach, expect, test } from 'vitest'
import { composeDigests } from '../../src/editions/compose-digests.ts'
import { reopenSlot } from '../../src/editions/reopen-slot.ts'
import { listSlots } from '../../src/editions/store/slots.ts'
import { welcomeNewcomers } from '../../src/editions/welcome.ts'
import { runCommand } from '../support/command.ts'
import { olena } from '../support/people.ts'
import { join } from '../support/readers.ts'
import { guarantee, harvest, report, strike } from '../support/report.ts'
import { openTestApp, settingsOf, type TestApp } from '../support/test-app.ts'

let app: TestApp
beforeEach(async () => {
  app = await openTestApp({ sink: true })
  await join(app, olena)
  await welcomeNewcomers(app)
})
afterEach(() => app.close())

const slotOf = async (date: string) => (await listSlots(app.db, 100)).find(({ civil_date }) => civil_date === date)!
const reopen = async (date: string) =>
  reopenSlot(app, { slot: (await slotOf(date)).id, actor: 'test', reason: 'a wrong clock' })
const dailies = () => app.db.selectFrom('editions').selectAll().where('kind', '=', 'daily').orderBy('id').execute()

/** The clock stands three days ahead while digests are composed, as it did where two days of digests were lost. */
async function composeThreeDaysAhead(): Promise<void> {
  app.clock.at('2026-11-24T06:00:00Z')
  await composeDigests(app)
  await report(app, 'one', [strike])
  app.clock.at('2026-11-27T06:00:00Z')
  expect(await composeDigests(app)).toBe(1)
  app.clock.at('2026-11-24T07:00:00Z')
}

test('slots that a clock ahead recorded are composed at their times once they are open again', async () => {
  await composeThreeDaysAhead()
  expect([(await slotOf('2026-11-25')).state, (await slotOf('2026-11-27')).state]).toEqual(['missed', 'composed'])
  for (const date of ['2026-11-25', '2026-11-26', '2026-11-27']) await reopen(date)
  expect(await composeDigests(app)).toBe(0)
  await report(app, 'two', [guarantee])
  app.clock.at('2026-11-25T05:00:00Z')
  expect(await composeDigests(app)).toBe(1)
  const [early, due] = await dailies()
  expect(early!.text).toContain('substation')
  expect(due!.text.replace(/\s+/g, ' ')).toContain(guarantee.slice(0, -1))
  app.clock.at('2026-11-26T05:00:00Z')
  expect(await composeDigests(app)).toBe(0) // nothing is new
  await report(app, 'three', [strike.replace('substation', 'power plant'), harvest])
  app.clock.at('2026-11-27T05:00:00Z')
  expect(await composeDigests(app)).toBe(1)
  expect(await composeDigests(app)).toBe(0)
  expect((await slotOf('2026-11-27')).state).toBe('composed')
})

test('days after a clock was ahead have their digests, also if nobody opens a slot again', async () => {
  await composeThreeDaysAhead()
  await app.db.deleteFrom('slots').where('state', '=', 'missed').execute()
  await report(app, 'two', [guarantee])
  app.clock.at('2026-11-25T05:00:00Z')
  expect(await composeDigests(app)).toBe(1)
})

test('a slot is opened again with a reason, which the audit log keeps, and only once', async () => {
  await composeThreeDaysAhead()
  const { id } = await slotOf('2026-11-25')
  const settings = settingsOf(app)
  const run = (...args: string[]) => runCommand(['slots', ...args], settings)
  expect((await run('reopen', String(id), '--reason', ' ')).code).toBe(2)
  expect((await run('reopen', String(id), '--reason', 'the clock was wrong')).stdout).toMatch(/is open again/)
  expect((await run('reopen', String(id), '--reason', 'again')).stderr).toMatch(/is missed or composed/)
  expect((await run('list')).stdout).toMatch(/daily +2026-11-25 .* open/)
  const events = await app.db.selectFrom('audit_events').selectAll().where('action', '=', 'reopen slot').execute()
  expect(events).toMatchObject([{ actor: 'cli', subject: `slot:${id}`, reason: 'the clock was wrong' }])
})
