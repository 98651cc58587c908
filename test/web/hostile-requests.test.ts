import { once } from 'node:events'
import { connect } from 'node:net'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createWeb, listen } from '../../src/web/server.ts'
import { eventually } from '../support/eventually.ts'
import { type Pages, pagesOf } from '../support/pages.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'
import { hooks } from '../support/webhooks.ts'

type Line = { level: number; msg: string; route?: string }
const lines: Line[] = []
const log = pino({ level: 'info' }, { write: (text: string) => void lines.push(JSON.parse(text) as Line) })
const errorLevel = 50

const metricsToken = 'a-token-of-the-monitoring'

let app: TestApp
let pages: Pages
let admin: { headers: { cookie: string } }
beforeAll(async () => {
  const env = {
    PORT: '0',
    METRICS_TOKEN: metricsToken,
    SES_TOPIC_ARN: hooks.ses.join(','),
    POSTMARK_WEBHOOK_AUTH: hooks.postmark,
    MAILGUN_SIGNING_KEY: hooks.mailgun,
  }
  app = await openTestApp({ env, overrides: { log } })
  pages = pagesOf(app)
  admin = await pages.signIn()
})
afterAll(() => app.close())

describe('a NUL character', () => {
  /** Each route of the program, with a NUL in each of its parameters in turn, and one in its query. */
  const addressesOf = (path: string): string[] => {
    const filled = (value: string, at: number) => {
      let index = 0
      return path.replace(/:\w+(?:\{[^}]*\})?/g, () => (index++ === at ? value : '1')).replaceAll('*', 'x')
    }
    const parameters = path.match(/:\w+/g)?.length ?? 0
    const inPath = Array.from({ length: parameters }, (_, at) => ['%00', 'a%00b'].map((nul) => filled(nul, at))).flat()
    const whole = filled('1', -1)
    return [...inPath, `${whole}%00`, `${whole}?q=%00`, `${whole}?a%00=1`, `${whole}?before=1%00&page=%00`]
  }

  test('is refused with 400 or 404 in any part of any address, by any method', async () => {
    const { routes } = createWeb(app)
    const known = routes.filter(({ method }) => method !== 'ALL')
    expect(known.length).toBeGreaterThan(60)
    lines.length = 0
    const wrong: string[] = []
    for (const { method, path } of known) {
      for (const address of addressesOf(path)) {
        const sent = { ...admin.headers, 'sec-fetch-site': 'same-origin' }
        const { status } = await pages.send(address, { method, headers: sent })
        if (status !== 400 && status !== 404) wrong.push(`${method} ${address}: ${status}`)
      }
    }
    expect(wrong).toEqual([])
    expect(lines.filter(({ level }) => level >= errorLevel)).toEqual([])
  })

  test.each(['%ZZ', '%', '%80', '%C0%80', '%ED%A0%80', '%2500'])('%s is no fault of ours either', async (part) => {
    lines.length = 0
    for (const path of [`/push/${part}`, `/admin/readers?q=${part}`, `/topics/${part}`, `/f/${part}`, `/days/${part}`])
      expect((await pages.get(path, admin)).status, path).toBeLessThan(500)
    expect(lines.filter(({ level }) => level >= errorLevel)).toEqual([])
  })
})

describe('a client that hangs up', () => {
  const head = (path: string) => `POST ${path} HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: same-origin\r\n`
  const partOf = {
    sized: `Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 5000\r\n\r\na=`,
    chunked: `Content-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\n2\r\na=\r\n`,
  }

  test.each(Object.entries(partOf))(
    'in the middle of an upload is counted apart, and is no error (%s)',
    async (_, part) => {
      lines.length = 0
      const web = createWeb(app)
      const { port, close } = await listen(app, web)
      const paths = ['/hooks/mailgun', '/hooks/ses', '/subscribe'] // Postmark sends its password before the body
      const clients = paths.flatMap((path) => Array.from({ length: 20 }, () => path))
      await Promise.all(
        clients.map(async (path) => {
          const socket = connect(port, '127.0.0.1')
          await once(socket, 'connect')
          socket.write(head(path) + part)
          await fetch(`http://127.0.0.1:${port}/livez`) // its answer comes after the server has read the upload
          socket.resetAndDestroy()
        }),
      )
      await eventually(async () => lines.length >= clients.length, 'a line for each client')
      expect(lines.filter(({ level }) => level >= errorLevel)).toEqual([])
      expect(new Set(lines.map(({ msg }) => msg))).toEqual(
        new Set(['a client hung up before its request was complete']),
      )
      const metrics = await (
        await web.request('/metrics', { headers: { authorization: `Bearer ${metricsToken}` } })
      ).text()
      expect(metrics).toMatch(/status="499"/)
      expect(metrics).not.toMatch(/status="500"/)
      await close()
    },
  )
})
