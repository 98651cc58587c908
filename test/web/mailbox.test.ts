import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { keepMail } from '../../src/delivery/store/mailbox.ts'
import { type Pages, pagesOf, type Sent } from '../support/pages.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'

const mail = {
  sender: 'sitrep@example.org',
  recipient: 'olena@example.org',
  subject: 'Please <b>confirm</b>',
  html: '<html><head><title>x</title></head><body><script>alert(1)</script><a href="http://localhost:3000/c/abc">Confirm</a></body></html>',
  text: 'Confirm: http://localhost:3000/c/abc.\nRead (http://localhost:3000/editions), again http://localhost:3000/c/abc',
  raw: Buffer.from('Subject: x\r\nList-Id: <a.b>\r\n\r\nbody'),
}

let app: TestApp
let pages: Pages
beforeAll(async () => {
  app = await openTestApp()
  pages = pagesOf(app)
  await keepMail(app.db, { ...mail, at: app.now() })
})
afterAll(() => app.close())

const paths = ['/mailbox', '/mailbox.json', '/mailbox/1', '/mailbox/1/html']
const statuses = ({ get }: Pages, sent: Sent) => Promise.all(paths.map(async (path) => (await get(path, sent)).status))

describe('the local mailbox', () => {
  test('lists the mails and escapes their text', async () => {
    const page = await (await pages.get('/mailbox')).text()
    expect(page).toContain('Please &lt;b&gt;confirm&lt;/b&gt;')
    expect(page).toContain('olena@example.org')
  })

  test('shows a mail with its headers, its links and its text', async () => {
    const page = await (await pages.get('/mailbox/1')).text()
    for (const words of ['List-Id: &lt;a.b&gt;', 'href="http://localhost:3000/c/abc"', 'sandbox='])
      expect(page).toContain(words)
  })

  test('frames the HTML part without scripts', async () => {
    const { headers } = await pages.get('/mailbox/1/html')
    expect(headers.get('content-security-policy')).toMatch(
      /^sandbox (?!.*allow-scripts).*default-src 'none'.*frame-ancestors 'self'/,
    )
  })

  test('lists the mails as JSON, with each link once', async () => {
    const [first] = (await (await pages.get('/mailbox.json')).json()) as object[]
    const links = ['http://localhost:3000/c/abc', 'http://localhost:3000/editions']
    expect(first).toEqual({
      id: 1,
      to: mail.recipient,
      from: mail.sender,
      subject: mail.subject,
      at: '2026-11-23T12:00:00Z',
      links,
    })
  })

  test('is refused to other machines, to proxies and under another host name', async () => {
    expect(await statuses(pages, {})).toEqual([200, 200, 200, 200])
    expect(await statuses(pages, { from: '203.0.113.7' })).toEqual([404, 404, 404, 404])
    expect(await statuses(pages, { headers: { 'x-forwarded-for': '127.0.0.1' } })).toEqual([404, 404, 404, 404])
    expect((await pages.get('http://rebound.example/mailbox')).status).toBe(404)
  })

  test('is refused where a mail server is set', async () => {
    const real = await openTestApp({ env: { SMTP_URL: 'smtp://127.0.0.1:25' } })
    expect(await statuses(pagesOf(real), {})).toEqual([404, 404, 404, 404])
    await real.close()
  })

  test('is refused in production', async () => {
    const settings = { NODE_ENV: 'production', SMTP_URL: 'smtp://127.0.0.1:25', PUBLIC_URL: 'https://sitrep.example' }
    const sender = { MAIL_FROM: 'sitrep@sitrep.example', POSTAL_ADDRESS: '1 Example Street' }
    const production = await openTestApp({ env: { ...settings, ...sender } })
    expect(await statuses(pagesOf(production), {})).toEqual([404, 404, 404, 404])
    await production.close()
  })
})
