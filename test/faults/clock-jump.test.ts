import { afterEach, expect, test } from 'vitest'
import { addFeed, pollFeedsNow } from '../../src/feeds/manage-feeds.ts'
import { maxClockOffS } from '../../src/platform/clock-guard.ts'
import { wrongClocks } from '../../src/platform/db/lease.ts'
import { eventually } from '../support/eventually.ts'
import { pagesOf } from '../support/pages.ts'
import { john, olena } from '../support/people.ts'
import { join } from '../support/readers.ts'
import { feedOf, flight, guarantee, harvest, type Report, strike } from '../support/report.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'
import { report } from './arena.ts'

let app: TestApp
afterEach(() => app.close())

const isWrong = async () => (await wrongClocks(app.db, maxClockOffS)).length > 0
const slots = () => app.db.selectFrom('slots').selectAll().execute()
const publish = (...reports: Report[]) => app.feedServer.set('/feed', { body: feedOf(reports) })
const minutesAgo = (minutes: number) => Temporal.Now.instant().subtract({ minutes })

test.each([{ hours: 72 }, { hours: 1 }, { hours: -72 }])(
  'a clock that jumps by %o and comes back costs nothing: no mail is early, and none is lost',
  async (jump) => {
    app = await openTestApp({ roles: { web: false, worker: true }, sink: true, feedServer: true })
    const first = { guid: 'one', title: 'Day one', at: minutesAgo(120), claims: [strike, guarantee, flight, harvest] }
    const { feed } = await addFeed(app, publish(first), 'test')
    await eventually(async () => (await app.db.selectFrom('takeaways').select('id').execute()).length > 0, 'a reading')
    await join(app, olena, john)
    await app.sink.waitFor(2)
    const opened = await slots()

    app.clock.later(jump)
    await eventually(isWrong, 'the alarm', 30_000)
    const page = await pagesOf(app).get('/admin', await pagesOf(app).signIn())
    expect(await page.text()).toMatch(/does nothing, because its clock is \d+ (?:d|min) (?:ahead of|behind) the clock/)
    const polls = app.feedServer.count('/feed')
    const fresh = 'Missiles struck a power plant east of the city and left it without electricity.'
    publish({ guid: 'two', title: 'Day two', at: minutesAgo(5), claims: [fresh, flight, harvest] }, first)
    await pollFeedsNow(app) // wakes the job, as the queue does
    await new Promise((resolve) => setTimeout(resolve, 3_000))
    const polledWhileWrong = app.feedServer.count('/feed') - polls
    expect(polledWhileWrong).toBe(0)
    expect(await slots()).toEqual(opened)
    expect(app.sink.messages).toHaveLength(2)

    app.clock.at(Temporal.Now.instant())
    const mails = await app.sink.waitFor(3, 60_000)
    expect(mails[2]!.to).toEqual([john.email])
    expect(await isWrong()).toBe(false)
    report(`clock jumps by ${jump.hours} h and back`, {
      mails: mails.length,
      polls_while_wrong: polledWhileWrong,
    })
    const { next_poll_at } = await app.db
      .selectFrom('feeds')
      .selectAll()
      .where('id', '=', feed.id)
      .executeTakeFirstOrThrow()
    expect(Math.abs(next_poll_at.since(app.now()).total('hours'))).toBeLessThan(25)
  },
  180_000,
)
