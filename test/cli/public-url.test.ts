import { afterAll, beforeAll, expect, test } from 'vitest'
import { announcedUrl } from '../../src/admin/public-url.ts'
import { runCommand } from '../support/command.ts'
import { mailsTo } from '../support/readers.ts'
import { openTestApp, settingsOf, type TestApp } from '../support/test-app.ts'

/** A web server runs, and commands have other settings. */
let app: TestApp
beforeAll(async () => {
  app = await openTestApp({ roles: { web: true, worker: false } })
})
afterAll(() => app.close())

const add = (email: string, env: Record<string, string>) =>
  runCommand(['subscribers', 'add', email, '--topics', 'displacement', '--cadence', 'alert'], {
    ...settingsOf(app),
    ...env,
  })

test('a command without PUBLIC_URL writes links to the web server, whatever its PORT is', async () => {
  expect(await announcedUrl(app)).toBe(app.config.publicUrl)
  expect(await add('bo@example.org', { PORT: '5005' })).toMatchObject({ code: 0 })
  const { text } = await app.db.selectFrom('editions').select('text').executeTakeFirstOrThrow()
  expect(text).toContain(`${app.config.publicUrl}/privacy`)
})

test('a command with another PUBLIC_URL mails nothing, and names both', async () => {
  const other = { PUBLIC_URL: 'https://other.example' }
  const refused = await add('mo@example.org', other)
  expect([refused.code, refused.stderr.trim()]).toEqual([
    2,
    `PUBLIC_URL is https://other.example here, but the web server started with ${app.config.publicUrl}: ` +
      'set the same for both, and start the web server again if its own is wrong.',
  ])
  expect(await mailsTo(app, 'mo@example.org')).toEqual([])
  expect(await runCommand(['subscribers', 'list'], { ...settingsOf(app), ...other })).toMatchObject({ code: 0 })
  const examined = await runCommand(['doctor'], { ...settingsOf(app), ...other })
  expect(examined.stdout).toMatch(/^failure +links +PUBLIC_URL is https:\/\/other\.example here/m)
  expect((await runCommand(['doctor'], settingsOf(app))).stdout).toContain(
    `Links in mails lead to the web server, ${app.config.publicUrl}.`,
  )
})
