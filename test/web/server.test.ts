import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { routes } from '../../src/web/context.ts'
import { listen } from '../../src/web/server.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'

let app: TestApp
beforeAll(async () => {
  app = await openTestApp({ env: { PORT: '0' } })
})
afterAll(() => app.close())

describe('the web server', () => {
  test('closes after its open requests, and accepts no new one', async () => {
    const reached = Promise.withResolvers<void>()
    const answer = Promise.withResolvers<void>()
    const web = routes()
    web.get('/slow', async (c) => {
      reached.resolve()
      await answer.promise
      return c.text('done')
    })
    const { port, close } = await listen(app, web)
    const open = fetch(`http://127.0.0.1:${port}/slow`, { headers: { connection: 'close' } })
    await reached.promise
    const closed = close()
    await expect(fetch(`http://127.0.0.1:${port}/slow`)).rejects.toThrow()
    answer.resolve()
    expect(await (await open).text()).toBe('done')
    await closed
  })

  test('says in one sentence that its port is in use, and what to do', async () => {
    const { port, close } = await listen(app, routes())
    const second = { ...app, config: { ...app.config, port } }
    await expect(listen(second, routes())).rejects.toThrow(/cannot listen on 127\.0\.0\.1:\d+: .*set PORT/)
    await close()
  })
})
