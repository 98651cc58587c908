import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { deliverMail } from '../../src/delivery/deliver.ts'
import { composeDigests } from '../../src/editions/compose-digests.ts'
import { welcomeNewcomers } from '../../src/editions/welcome.ts'
import { heartbeat } from '../../src/platform/db/lease.ts'
import { isSuppressed } from '../../src/readers/store/suppressions.ts'
import { columnsWith, tracesOf } from '../support/every-text.ts'
import { type Pages, pagesOf } from '../support/pages.ts'
import { report } from '../support/report.ts'
import type { SunkMessage } from '../support/smtp-server.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'

/** A year of one reader, by the pages and the links of her mails alone. */
const first = 'Anna.Quillfeather@example.org'
const second = 'a.sandpiper@example.net'
const choices = { topics: 'displacement', cadence: 'daily', at: '07:00', zone: 'Europe/Kyiv' }

let app: TestApp
let pages: Pages
let reports = 0
beforeAll(async () => {
  app = await openTestApp({ sink: true, at: '2026-03-02T09:00:00Z' })
  pages = pagesOf(app)
  await report(app, 'old', ['The weather was fair.'])
})
afterAll(() => app.close())

/** At an instant a report says that so many people were displaced from a town. */
async function tell(at: string, people: string, town: string): Promise<void> {
  app.clock.at(at)
  reports += 1
  await report(app, `r${reports}`, [`Shelling displaced ${people} people from the town of ${town}.`])
}

/** Does what is due at an instant; gives the mails that left. */
async function until(at: string): Promise<SunkMessage[]> {
  app.clock.at(at)
  const before = app.sink.messages.length
  await welcomeNewcomers(app)
  await composeDigests(app)
  await heartbeat(app.db, app.worker.id)
  await deliverMail(app)
  return app.sink.messages.slice(before)
}

const textOf = ({ parsed }: SunkMessage): string => parsed.text ?? ''
const linkIn = (mail: SunkMessage | undefined, path: string): string =>
  new RegExp(`/${path}/[\\w.-]+`).exec(mail ? textOf(mail) : '')?.[0] ?? `/no-link-${path}`
const press = async (link: string, fields: Record<string, string> = {}): Promise<string> =>
  (await pages.post(link, fields)).text()
const subjects = (mails: SunkMessage[]): string[] => mails.map(({ to, parsed }) => `${to[0]}: ${parsed.subject}`)

/** The path of a link to all her preferences, which she asks for at an instant. */
async function ownLink(at: string, email: string): Promise<string> {
  app.clock.at(at)
  await pages.post('/preferences', { email })
  return linkIn((await until(at)).at(-1), 'p')
}

describe('a reader’s year', () => {
  test('begins with a confirmation, a welcome, and the first digest at her own time', async () => {
    expect(await press('/subscribe', { ...choices, email: first })).toContain('Check your mail')
    const [confirmation] = await until('2026-03-02T09:01:00Z')
    expect(await press(linkIn(confirmation, 'c'))).toContain('You are subscribed')
    await until('2026-03-02T09:05:00Z')
    await tell('2026-03-02T15:00:00Z', '4,000', 'Dara')
    expect(await until('2026-03-03T04:59:00Z')).toEqual([])
    const [digest, ...others] = await until('2026-03-03T05:00:00Z')
    expect([textOf(digest!).includes('Dara'), digest!.to, others]).toEqual([true, [first], []])
  })

  test('she moves to Tokyo, and the digest comes in the morning there', async () => {
    const link = await ownLink('2026-04-10T10:00:00Z', first)
    const own = /\/subscriptions\/\d+/.exec(await (await pages.get(link)).text())![0]
    await press(`${link}${own}`, { ...choices, at: '06:30', zone: 'Asia/Tokyo' })
    expect(subjects(await until('2026-04-10T10:01:00Z'))).toEqual([expect.stringContaining('preferences')])
    await tell('2026-04-10T12:00:00Z', '700', 'Lorn')
    const [digest] = await until('2026-04-10T21:30:00Z')
    expect(textOf(digest!)).toContain('Lorn')
  })

  test('she pauses for August, and afterwards gets what is new and no backlog', async () => {
    const link = await ownLink('2026-07-31T10:00:00Z', first)
    await press(`${link}/pause`, { until: '2026-09-01' })
    await until('2026-07-31T10:01:00Z')
    await tell('2026-08-10T12:00:00Z', '900', 'Morva')
    for (let day = 11; day <= 31; day++) expect(await until(`2026-08-${day}T22:00:00Z`)).toEqual([])
    await tell('2026-09-01T05:00:00Z', '60', 'Tesk')
    const [digest] = await until('2026-09-01T21:30:00Z')
    expect(textOf(digest!)).toContain('Tesk')
    expect(textOf(digest!)).not.toContain('Morva')
  })

  test('her mailbox is full once, which ends nothing', async () => {
    app.sink.onRecipient = () => ({ code: 552, text: '5.2.2 mailbox full' })
    await tell('2026-09-02T05:00:00Z', '80', 'Vess')
    await until('2026-09-02T21:30:00Z')
    app.sink.onRecipient = () => undefined
    await tell('2026-09-03T05:00:00Z', '90', 'Orla')
    const mails = await until('2026-09-03T21:30:00Z')
    expect(mails.map(textOf).join()).toContain('Orla')
    expect(await isSuppressed(app.db, first)).toBe(false)
  })

  test('she changes her address, and every later mail goes to the new one', async () => {
    const link = await ownLink('2026-10-05T10:00:00Z', first)
    await press(`${link}/address`, { email: second })
    const mails = await until('2026-10-05T10:01:00Z')
    await press(
      linkIn(
        mails.find(({ to }) => to[0] === second),
        'a',
      ),
    )
    await press(
      linkIn(
        mails.find(({ to }) => to[0] === first),
        'k',
      ),
      { decision: 'agree' },
    )
    await until('2026-10-05T10:05:00Z')
    await tell('2026-10-05T12:00:00Z', '300', 'Brae')
    const [digest, ...others] = await until('2026-10-05T21:30:00Z')
    expect([textOf(digest!).includes('Brae'), digest!.to, others]).toEqual([true, [second], []])
  })

  test('she unsubscribes in one press, comes back weeks later, and gets a welcome and what is new', async () => {
    const [digest] = app.sink.messages.slice(-1)
    expect(await press(linkIn(digest, 'u'), { scope: 'this' })).toContain('unsubscribed')
    await tell('2026-10-20T12:00:00Z', '500', 'Gulm')
    expect((await until('2026-10-21T22:00:00Z')).map(({ parsed }) => parsed.subject)).toEqual([
      expect.stringMatching(/^You are unsubscribed from/), // of a press on the page one notice tells
    ])
    const link = await ownLink('2026-10-25T09:00:00Z', second)
    expect(await (await pages.get(link)).text()).toContain('This address has no subscription any more')
    expect(await (await pages.get(`${link}/data`)).text()).toContain('Unsubscribed from the daily digest')
    app.clock.at('2026-11-10T09:00:00Z')
    await press('/subscribe', { ...choices, email: second, zone: 'Asia/Tokyo' })
    const [confirmation] = await until('2026-11-10T09:01:00Z')
    await press(linkIn(confirmation, 'c'))
    await until('2026-11-10T09:05:00Z')
    await tell('2026-11-10T12:00:00Z', '40', 'Pell')
    const mails = await until('2026-11-10T22:00:00Z')
    expect(mails.map(textOf).join()).toContain('Pell')
    expect(mails.map(textOf).join()).not.toContain('Gulm')
  })

  test('she fetches her data, which tells the year', async () => {
    const link = await ownLink('2026-12-01T09:00:00Z', second)
    const data = await (await pages.get(`${link}/data.json`)).text()
    for (const part of [second, 'Asia/Tokyo', '2026-08', '5.2.2']) expect(data).toContain(part)
  })

  test('she has herself erased, and neither address is anywhere', async () => {
    const link = await ownLink('2026-12-02T09:00:00Z', second)
    await press(`${link}/erase`, { email: second })
    await tell('2026-12-02T12:00:00Z', '20', 'Ravn')
    expect(await until('2026-12-02T22:00:00Z')).toEqual([])
    expect(await columnsWith(app.db, [...tracesOf(second, second), ...tracesOf(first, first.toLowerCase())])).toEqual(
      [],
    )
    expect((await pages.get(link)).status).toBe(410)
  })
})
