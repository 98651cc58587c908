import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { adminOf, inviteAdmin, peekSignIn, signIn, signOut } from '../../src/admin/sign-in.ts'
import { listAudit } from '../../src/platform/audit/audit.ts'
import { emptyTables } from '../support/postgres.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'

const email = 'chief@example.org'
let app: TestApp
let token: string
beforeAll(async () => {
  app = await openTestApp()
})
beforeEach(async () => {
  await emptyTables(app.db)
  token = await invite()
})
afterAll(() => app.close())

const invite = async () => (await inviteAdmin(app, email, 'cli')).split('/admin/sign-in/')[1]!
const session = async () => {
  const done = await signIn(app, token)
  return done.kind === 'signed-in' ? done.session : ''
}

describe('a sign-in link', () => {
  test('is a short URL of this installation without the address', async () => {
    const url = await inviteAdmin(app, email, 'cli')
    expect(url.startsWith(`${app.config.publicUrl}/admin/sign-in/`)).toBe(true)
    expect(url).not.toContain('chief')
  })

  test('signs nobody in when it is only opened', async () => {
    for (let n = 0; n < 3; n++) expect(await peekSignIn(app, token)).toEqual({ kind: 'open' })
    expect(await app.db.selectFrom('sessions').selectAll().execute()).toEqual([])
  })

  test('signs in once, also when it is used three times at the same moment', async () => {
    const kinds = (await Promise.all([1, 2, 3].map(() => signIn(app, token)))).map((one) => one.kind)
    expect(kinds.sort()).toEqual(['invalid', 'invalid', 'signed-in'])
    expect(await peekSignIn(app, token)).toEqual({ kind: 'invalid' })
  })

  test('is invalid once a newer one was made, and expires after 7 days', async () => {
    const newer = await invite()
    expect(await signIn(app, token)).toEqual({ kind: 'invalid' })
    app.clock.later({ hours: 7 * 24 })
    expect(await signIn(app, newer)).toEqual({ kind: 'expired' })
  })

  test('is in the audit log when it is made and when it is used', async () => {
    await session()
    const actions = (await listAudit(app.db, { limit: 9 })).map(({ actor, action }) => [actor, action])
    expect(actions).toEqual([
      ['admin:1', 'sign in'],
      ['cli', 'invite admin'],
    ])
  })
})

describe('a session', () => {
  test('knows its admin for 12 hours, and no cookie but its own', async () => {
    const cookie = await session()
    expect(await adminOf(app, cookie)).toEqual({ id: 1, email })
    for (const other of [undefined, '', `${cookie}x`, token]) expect(await adminOf(app, other)).toBeNull()
    app.clock.later({ hours: 12 })
    expect(await adminOf(app, cookie)).toBeNull()
  })

  test('cannot be taken from the database', async () => {
    await session()
    const [row] = await app.db.selectFrom('sessions').selectAll().execute()
    expect(await adminOf(app, row!.hash)).toBeNull()
  })

  test('ends when the admin signs out', async () => {
    const cookie = await session()
    await signOut(app, cookie)
    expect(await adminOf(app, cookie)).toBeNull()
  })
})
