import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { deliverMail } from '../../src/delivery/deliver.ts'
import { heartbeat } from '../../src/platform/db/lease.ts'
import { listSuppressions } from '../../src/readers/store/suppressions.ts'
import { createDigest } from '../support/deliveries.ts'
import { pagesOf } from '../support/pages.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'

/** The evening before; the rows are made before it, and the database dates them. */
const evening = Temporal.Now.instant().add({ minutes: 10 })
const readers = 60
let app: TestApp
let read: (path: string) => Promise<string>
beforeAll(async () => {
  app = await openTestApp({ at: evening, sink: true })
  const pages = pagesOf(app)
  read = async (path) => wordsOf(await (await pages.get(path, await pages.signIn())).text()) // a session ends after 12 hours
})
afterAll(() => app.close())

const wordsOf = (html: string) =>
  html
    .replace(/<(head|style|svg)[\s\S]*?<\/\1>/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .replace(/ ([:,.])/g, '$1')

async function hoursLater(hours: number): Promise<void> {
  app.clock.at(evening.add({ minutes: Math.round(hours * 60) }))
  await heartbeat(app.db, app.worker.id)
}

async function sendDigest(key: string): Promise<void> {
  const id = await createDigest(app, readers, { key })
  const now = { due_at: app.now(), dated_at: app.now() }
  await app.db.updateTable('deliveries').set(now).where('edition_id', '=', id).execute()
  await deliverMail(app)
}

/** Half of the readers are at one provider. */
async function moveHalf(): Promise<void> {
  for (let n = 1; n <= readers / 2; n++) {
    const email = `reader${n}@provider.example`
    await app.db.updateTable('subscribers').set({ email }).where('email', 'like', `reader${n}@%`).execute()
  }
}

describe('the night in which a provider refused half of a digest', () => {
  test('begins with digests that everybody gets', async () => {
    await sendDigest('monday')
    await moveHalf()
    expect(await read('/admin')).toContain('No action needed.')
  })

  test('raises an alarm at once: who refuses what, since when, that nobody is lost, and what happens next', async () => {
    await hoursLater(24)
    app.sink.onRecipient = (address) =>
      address.endsWith('@provider.example') ? { code: 550, text: '5.1.1 no such user' } : undefined
    await sendDigest('tuesday')
    expect(await read('/admin')).toMatch(
      /Domain in trouble: Since .{10,40} provider\.example calls 30 addresses dead that had taken our mail \(550 5\.1\.1 no such user\)\. Its answers are held: nobody is suppressed, and 30 mails are tried again\./,
    )
    expect(await listSuppressions(app.db, { limit: 10 })).toEqual([])
  })

  test('shows on the page of the edition how many wait, why, and until when', async () => {
    expect(await read('/admin/editions')).toContain('30 accepted, 30 deferred')
    expect(await read('/admin/editions/tuesday')).toMatch(
      /30 deferred: provider\.example calls many known addresses dead, so it is asked again \(550 5\.1\.1\); next attempt in \d+ min/,
    )
  })

  test('shows on the page of a reader what her server said, and what comes next', async () => {
    expect(await read('/admin/readers/1')).toMatch(
      /reader1@provider\.example.*A digest Daily digest deferred provider\.example calls many known addresses dead, so it is asked again · next attempt in \d+ min · 550 5\.1\.1 no such user/,
    )
  })

  test('asks the provider again, and holds its answers as long as it refuses', async () => {
    await hoursLater(24.2)
    await deliverMail(app)
    expect(await read('/admin')).toContain('30 mails are tried again.')
  })

  test('ends by itself: all mails have gone out, each once, and the alarm says that it is over', async () => {
    app.sink.onRecipient = () => undefined
    for (const hours of [25.5, 27, 30]) {
      await hoursLater(hours)
      await deliverMail(app)
    }
    expect(await read('/admin/editions/tuesday')).toContain('60 accepted')
    expect(app.sink.messages).toHaveLength(2 * readers)
    expect(await read('/admin')).toContain(
      'It takes our mail again: 30 held mails have gone out since, and nobody was suppressed. There is nothing to do.',
    )
  })

  test('is no alarm any more two days later', async () => {
    await hoursLater(24 * 4)
    expect(await read('/admin')).not.toContain('provider.example')
  })
})
