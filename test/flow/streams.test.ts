import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventually } from '../support/eventually.ts'
import { freePort } from '../support/free-port.ts'
import { runProgram, startProgram } from '../support/program.ts'
import { openTestApp, settingsOf, type TestApp } from '../support/test-app.ts'

let app: TestApp
beforeAll(async () => {
  app = await openTestApp()
})
afterAll(() => app.close())

test.each(['stdout', 'stderr', 'both'])(
  'a server whose %s is closed goes on, and SIGHUP stops it politely',
  async (closed) => {
    const port = String(await freePort())
    const program = startProgram(['start'], { ...settingsOf(app), PORT: port, LOG_LEVEL: 'trace' })
    if (closed !== 'stderr') program.process.stdout!.destroy()
    if (closed !== 'stdout') program.process.stderr!.destroy()
    const get = (path: string) => fetch(`http://127.0.0.1:${port}${path}`).catch(() => undefined)
    await eventually(async () => (await get('/readyz'))?.ok, 'the server to be ready')
    for (let request = 0; request < 20; request++) expect((await get('/'))?.status).toBe(200)
    expect(await program.end('SIGHUP')).toBe(0)
    expect(program.said()).not.toMatch(/EPIPE|\n\s+at /)
    const workers = await app.db
      .selectFrom('workers')
      .select('name')
      .where('name', 'like', `%:${program.process.pid}`)
      .execute()
    expect(workers).toEqual([])
  },
)

test('a command whose reader has ended says nothing of it', async () => {
  const program = startProgram(['config'], {})
  program.process.stdout!.destroy()
  expect(await program.ended).toBe(0)
  expect(program.said()).toBe('')
  const { code } = await runProgram(['config'], {})
  expect(code).toBe(0)
})
