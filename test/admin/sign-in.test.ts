import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { adminOf, inviteAdmin, peekSignIn, signIn, signOut } from '../../src/admin/sign-in.ts'
import { listAudit } from '../../src/platform/audit/audit.ts'
import { openPeople, type People } from '../readers/readers-app.ts'

const email = 'chief@example.org'
let people: People
let token: string
beforeAll(async () => {
  people = await openPeople()
})
beforeEach(async () => {
  await people.empty()
  token = await invite()
})
afterAll(() => people.close())

const invite = async () => (await inviteAdmin(people.app, email, 'cli')).split('/admin/sign-in/')[1]!
const session = async () => {
  const done = await signIn(people.app, token)
  return done.kind === 'signed-in' ? done.session : ''
}

describe('a sign-in link', () => {
  test('is a short URL of this installation without the address', async () => {
    const url = await inviteAdmin(people.app, email, 'cli')
    expect(url.startsWith(`${people.app.config.publicUrl}/admin/sign-in/`)).toBe(true)
    expect(url).not.toContain('chief')
  })

  test('signs nobody in when it is only opened', async () => {
    for (let n = 0; n < 3; n++) expect(await peekSignIn(people.app, token)).toEqual({ kind: 'open' })
    expect(await people.app.db.selectFrom('sessions').selectAll().execute()).toEqual([])
  })

  test('signs in once, also when it is used three times at the same moment', async () => {
    const kinds = (await Promise.all([1, 2, 3].map(() => signIn(people.app, token)))).map((one) => one.kind)
    expect(kinds.sort()).toEqual(['invalid', 'invalid', 'signed-in'])
    expect(await peekSignIn(people.app, token)).toEqual({ kind: 'invalid' })
  })

  test('is invalid once a newer one was made, and expires after 7 days', async () => {
    const newer = await invite()
    expect(await signIn(people.app, token)).toEqual({ kind: 'invalid' })
    people.later({ hours: 7 * 24 })
    expect(await signIn(people.app, newer)).toEqual({ kind: 'expired' })
  })

  test('is in the audit log when it is made and when it is used', async () => {
    await session()
    const actions = (await listAudit(people.app.db, { limit: 9 })).map(({ actor, action }) => [actor, action])
    expect(actions).toEqual([
      ['admin:1', 'sign in'],
      ['cli', 'invite admin'],
    ])
  })
})

describe('a session', () => {
  test('knows its admin for 12 hours, and no cookie but its own', async () => {
    const cookie = await session()
    expect(await adminOf(people.app, cookie)).toEqual({ id: 1, email })
    for (const other of [undefined, '', `${cookie}x`, token]) expect(await adminOf(people.app, other)).toBeNull()
    people.later({ hours: 12 })
    expect(await adminOf(people.app, cookie)).toBeNull()
  })

  test('cannot be taken from the database', async () => {
    await session()
    const [row] = await people.app.db.selectFrom('sessions').selectAll().execute()
    expect(await adminOf(people.app, row!.hash)).toBeNull()
  })

  test('ends when the admin signs out', async () => {
    const cookie = await session()
    await signOut(people.app, cookie)
    expect(await adminOf(people.app, cookie)).toBeNull()
  })
})
