import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { removeAdmin, signOutAdmin } from '../../src/admin/manage-admins.ts'
import { adminOf, inviteAdmin, inviteFirstAdmin, peekSignIn, signIn } from '../../src/admin/sign-in.ts'
import { listAdmins } from '../../src/admin/store/admins.ts'
import { listAudit } from '../../src/platform/audit/audit.ts'
import { emptyTables } from '../support/postgres.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'

const [ada, bela] = ['ada@example.org', 'bela@example.org']
let app: TestApp
beforeAll(async () => {
  app = await openTestApp()
})
beforeEach(() => emptyTables(app.db))
afterAll(() => app.close())

const invite = async (email: string) => (await inviteAdmin(app, email, 'cli')).split('/admin/sign-in/')[1]!
const sessionOf = async (email: string) => {
  const done = await signIn(app, await invite(email))
  return done.kind === 'signed-in' ? done.session : ''
}
const act = (email: string) => ({ email, actor: 'cli', reason: 'She left.' })

describe('an admin', () => {
  test('is listed with the open sessions', async () => {
    await sessionOf(ada)
    await sessionOf(ada)
    await invite(bela)
    const listed = await listAdmins(app.db, app.now())
    expect(listed.map(({ email, sessions }) => [email, sessions])).toEqual([
      [ada, 2],
      [bela, 0],
    ])
  })

  test('is signed out everywhere, and the link that was not used is void', async () => {
    const sessions = [await sessionOf(ada), await sessionOf(ada)]
    const others = await sessionOf(bela)
    const link = await invite(ada)
    expect(await signOutAdmin(app, act(ada))).toBe(2)
    for (const session of sessions) expect(await adminOf(app, session)).toBeNull()
    expect(await peekSignIn(app, link)).toEqual({ kind: 'invalid' })
    expect(await adminOf(app, others)).toMatchObject({ email: bela })
  })

  test('is removed with sessions and links, and the audit log says why', async () => {
    const session = await sessionOf(ada)
    const link = await invite(ada)
    await invite(bela)
    await removeAdmin(app, act(ada))
    expect(await adminOf(app, session)).toBeNull()
    expect(await signIn(app, link)).toEqual({ kind: 'invalid' })
    expect((await listAudit(app.db, { limit: 1 }))[0]).toMatchObject({ action: 'remove admin', reason: 'She left.' })
  })

  test('who was removed is not made an admin again by a start', async () => {
    expect(await inviteFirstAdmin(app, ada, 'sitrep start')).toContain('/admin/sign-in/')
    await invite(bela)
    expect(await inviteFirstAdmin(app, ada, 'sitrep start')).toContain('/admin/sign-in/')
    await removeAdmin(app, act(ada))
    expect(await inviteFirstAdmin(app, ada, 'sitrep start')).toBeNull()
    expect((await listAdmins(app.db, app.now())).map(({ email }) => email)).toEqual([bela])
  })

  test('of a start with ADMIN_EMAIL takes the place of the one without, and is not made again either', async () => {
    await inviteFirstAdmin(app, 'admin@localhost.invalid', 'sitrep start')
    await inviteFirstAdmin(app, ada, 'sitrep start')
    expect((await listAdmins(app.db, app.now())).map(({ email }) => email)).toEqual([ada])
    await invite(bela)
    await removeAdmin(app, act(ada))
    for (const email of [ada, 'admin@localhost.invalid'])
      expect(await inviteFirstAdmin(app, email, 'sitrep start')).toBeNull()
  })

  test('is not removed when there is no other, also when two remove each other at once', async () => {
    await invite(ada)
    await expect(removeAdmin(app, act(ada))).rejects.toThrow(`${ada} is the only admin.`)
    await invite(bela)
    const outcomes = await Promise.allSettled([removeAdmin(app, act(ada)), removeAdmin(app, act(bela))])
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(await listAdmins(app.db, app.now())).toHaveLength(1)
  })

  test('who is not known cannot be removed', async () => {
    await invite(bela)
    await expect(removeAdmin(app, act(ada))).rejects.toThrow(`There is no admin ${ada}.`)
  })
})
