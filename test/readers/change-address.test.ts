import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { deliverMail } from '../../src/delivery/deliver.ts'
import { listAudit } from '../../src/platform/audit/audit.ts'
import {
  agreeToChange,
  cancelChange,
  cancelOwnChange,
  makeRipeChanges,
  peekChange,
  requestAddress,
} from '../../src/readers/change-address.ts'
import { peekPreferences } from '../../src/readers/preferences.ts'
import { consentsOf } from '../../src/readers/store/consents.ts'
import { runCommand } from '../support/command.ts'
import { pagesOf } from '../support/pages.ts'
import { john, olena } from '../support/people.ts'
import { join, readerOf, suppressAddress, tokenOf } from '../support/readers.ts'
import { openTestApp, settingsOf, type TestApp } from '../support/test-app.ts'

let app: TestApp
beforeEach(async () => {
  app = await openTestApp({ sink: true })
  await join(app, olena)
})
afterEach(() => app.close())

const moved = 'Olena.New@пошта.укр'
const movedKey = 'olena.new@xn--80a1acn3a.xn--j1amh'
const written = 'Olena.New@xn--80a1acn3a.xn--j1amh'
const ask = async (email = written) => requestAddress(app, await tokenOf(app, olena.email, 'preferences'), email)

/** The links in the mails that were sent: at the new address and at the old one. */
async function links(): Promise<{ take: string; keep: string }> {
  await deliverMail(app)
  const accepted = await app.db.selectFrom('deliveries').select('id').where('state', '=', 'accepted').execute()
  await app.sink.waitFor(accepted.length)
  const tokenIn = (path: string) =>
    app.sink.messages
      .map(({ parsed }) => new RegExp(`/${path}/(\\S+)`).exec(parsed.text ?? '')?.[1])
      .findLast(Boolean) ?? ''
  return { take: tokenIn('a'), keep: tokenIn('k') }
}

describe('a change of address', () => {
  test('is made when both addresses have confirmed, and keeps everything else', async () => {
    const before = await readerOf(app, olena.email)
    expect(await ask()).toEqual({ kind: 'asked' })
    const { take, keep } = await links()
    expect(app.sink.messages.map(({ to }) => to.join()).sort()).toEqual([moved, olena.email].sort())
    expect(await peekChange(app, 'new', take)).toMatchObject({ kind: 'open' })
    expect(await agreeToChange(app, 'new', take)).toEqual({ kind: 'waits' })
    expect((await readerOf(app, olena.email)).id).toBe(before.id)
    expect(await agreeToChange(app, 'old', keep)).toEqual({ kind: 'moved' })
    const after = await readerOf(app, moved)
    expect([after.id, after.email, after.written_email]).toEqual([before.id, movedKey, written])
    expect(after.subscriptions).toEqual(before.subscriptions)
    expect((await consentsOf(app.db, after.id)).at(-1)).toMatchObject({ kind: 'changed', source: 'link' })
    expect((await listAudit(app.db, { limit: 1 }))[0]).toMatchObject({ action: 'change address', actor: 'reader' })
    await links()
    expect(app.sink.messages.at(-1)?.to).toEqual([moved])
    for (const [end, token] of [
      ['new', take],
      ['old', keep],
    ] as const)
      expect(await agreeToChange(app, end, token)).toEqual({ kind: 'void' })
  })

  test('is made 7 days later where the old mailbox does not answer, and voids its links', async () => {
    const old = await tokenOf(app, olena.email, 'preferences')
    await ask()
    const { take } = await links()
    await agreeToChange(app, 'new', take)
    app.clock.later({ hours: 7 * 24 - 1 })
    await makeRipeChanges(app)
    expect((await readerOf(app, olena.email)).state).toBe('active')
    app.clock.later({ hours: 1 })
    await makeRipeChanges(app)
    expect((await readerOf(app, moved)).state).toBe('active')
    expect(await peekPreferences(app, old)).toEqual({ kind: 'void' })
  })

  test('is not made without the new address, and not after the old one cancelled', async () => {
    await ask()
    const { keep } = await links()
    await agreeToChange(app, 'old', keep)
    app.clock.later({ hours: 8 * 24 })
    await makeRipeChanges(app)
    expect((await readerOf(app, olena.email)).state).toBe('active')
    const forwarded = await tokenOf(app, olena.email, 'preferences')
    await ask()
    const again = await links()
    await agreeToChange(app, 'new', again.take)
    expect(await cancelChange(app, again.keep)).toEqual({ kind: 'cancelled' })
    app.clock.later({ hours: 8 * 24 })
    await makeRipeChanges(app)
    expect((await readerOf(app, olena.email)).state).toBe('active')
    expect(await peekPreferences(app, forwarded)).toEqual({ kind: 'void' })
    expect(await agreeToChange(app, 'new', again.take)).toEqual({ kind: 'void' })
  })

  test('answers the same for a free, a known and a suppressed address, and refuses in words only at the new mailbox', async () => {
    await join(app, john)
    await suppressAddress(app, 'closed@example.org')
    for (const email of [written, john.email, 'closed@example.org']) expect(await ask(email)).toEqual({ kind: 'asked' })
    expect(await ask()).toEqual({ kind: 'limited' })
    await deliverMail(app)
    expect(app.sink.messages.map(({ to }) => to.join())).not.toContain('closed@example.org')
    app.clock.later({ hours: 25 })
    await ask(john.email)
    const { take } = await links()
    expect(await agreeToChange(app, 'new', take)).toEqual({ kind: 'taken' })
    await suppressAddress(app, john.email)
    expect(await agreeToChange(app, 'new', take)).toEqual({ kind: 'suppressed' })
    expect((await readerOf(app, olena.email)).state).toBe('active')
  })

  test('is asked for on the preferences page, and its links open pages that change nothing', async () => {
    const pages = pagesOf(app)
    const preferences = `/p/${await tokenOf(app, olena.email, 'preferences')}`
    expect(await (await pages.get(preferences)).text()).toContain('Your new e-mail address')
    expect((await pages.post(`${preferences}/address`, { email: 'nonsense' })).status).toBe(422)
    const asked = await pages.post(`${preferences}/address`, { email: moved })
    expect(await asked.text()).toContain('Check your mail at both addresses')
    const { take, keep } = await links()
    expect(await (await pages.get(`/a/${take}`)).text()).toContain('Olena.New@пошта.укр')
    const old = await (await pages.get(`/k/${keep}`)).text()
    expect(old).toContain('O…@пошта.укр'.toLowerCase())
    expect(old).toContain('Cancel the change')
    expect((await readerOf(app, olena.email)).state).toBe('active')
    for (const path of ['/a/forged', '/k/forged', `/a/${keep}`, `/k/${take}`])
      expect((await pages.post(path, {})).status).toBe(404)
    await pages.post(`/a/${take}`, {})
    expect(await (await pages.post(`/k/${keep}`, {})).text()).toContain('Your address has changed')
    const shown = await runCommand(['subscribers', 'show', olena.email], settingsOf(app))
    expect([shown.code, shown.stderr.trim()]).toEqual([
      2,
      `No reader has the address ${olena.email}: its reader moved to another address.`,
    ])
  })

  test('is shown on the preferences page while it waits, and cancelled there; a cancelled one still counts', async () => {
    const pages = pagesOf(app)
    const preferences = `/p/${await tokenOf(app, olena.email, 'preferences')}`
    const shown = async () => (await (await pages.get(preferences)).text()).replace(/\s+/g, ' ')
    expect(await shown()).not.toContain('Cancel the change')
    await pages.post(`${preferences}/address`, { email: moved })
    const { take } = await links()
    expect(await shown()).toContain(
      'to send your mail to o…@пошта.укр instead. It waits for the new address to confirm',
    )
    await pages.post(`/a/${take}`, {})
    expect(await shown()).toContain('The new address has confirmed. The change is made Mon 30 Nov')
    const cancelled = await pages.post(`${preferences}/address/cancel`, {})
    expect(cancelled.headers.get('location')).toBe(`${preferences}?done=kept`)
    expect(await shown()).not.toContain('Cancel the change')
    await pages.post(`${preferences}/address/cancel`, {}) // a second press changes nothing and mails nothing
    await links()
    const told = app.sink.messages.filter(({ parsed }) => parsed.text?.includes('change of your address is cancelled'))
    expect(told.map(({ to }) => to)).toEqual([[olena.email]])
    expect((await pages.get(`/a/${take}`)).status).toBe(410)
    app.clock.later({ hours: 8 * 24 })
    await makeRipeChanges(app)
    expect((await readerOf(app, olena.email)).state).toBe('active')
    expect(await app.db.selectFrom('address_changes').selectAll().execute()).toEqual([])
  })

  test('is asked for three times a day, also by who cancels each', async () => {
    const token = await tokenOf(app, olena.email, 'preferences')
    for (let n = 0; n < 3; n++) {
      expect(await requestAddress(app, token, written)).toEqual({ kind: 'asked' })
      await cancelOwnChange(app, token)
    }
    expect(await requestAddress(app, token, written)).toEqual({ kind: 'limited' })
  })
})
