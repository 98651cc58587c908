import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inviteAdmin } from '../../src/admin/sign-in.ts'
import { addFeed } from '../../src/feeds/manage-feeds.ts'
import { describeWithChromium, launchChromium } from '../support/chromium.ts'
import { eventually } from '../support/eventually.ts'
import { type FeedServer, startFeedServer } from '../support/feed-server.ts'
import { john, olena } from '../support/people.ts'
import { join } from '../support/readers.ts'
import { feedOf, flight, guarantee, strike } from '../support/report.ts'
import type { TestApp } from '../support/test-app.ts'
import { openTestApp } from '../support/test-app.ts'

/** Run by the page itself. */
const unlabelledFields = `[...document.querySelectorAll('input:not([type=hidden]), select, textarea')]
  .filter((field) => !field.labels.length).length`

/** Headings that are more than one level below the heading before them; run by the page itself. */
const skippedHeadings = `[...document.querySelectorAll('h1, h2, h3, h4')]
  .filter((each, i, all) => Number(each.tagName[1]) > Number(all[i - 1]?.tagName[1] ?? 0) + 1)
  .map((each) => each.textContent)`

/** How much wider than the window a page is, in CSS pixels; run by the page itself. */
const excess = 'document.documentElement.scrollWidth - document.documentElement.clientWidth'

describeWithChromium('in a browser', () => {
  let feeds: FeedServer
  let app: TestApp
  let browser: Browser

  beforeAll(async () => {
    feeds = await startFeedServer()
    const at = Temporal.Now.instant().subtract({ hours: 2 })
    const report = { guid: 'one', title: 'Day one', at, claims: [strike, guarantee, flight] }
    const feed = feeds.set('/feed', { body: feedOf([report]) })
    app = await openTestApp({ roles: { web: true, worker: true }, feedServer: true })
    await addFeed(app, feed, 'test')
    const isRead = () => app.db.selectFrom('revisions').select('id').where('state', '=', 'read').executeTakeFirst()
    await eventually(isRead, 'the first report')
    browser = await launchChromium()
  })
  afterAll(async () => {
    await browser?.close()
    await app?.close()
    await feeds?.close()
  })

  /** Opens a page of its own, and fails the test when a page breaks its content policy. */
  async function open(
    options: Parameters<Browser['newContext']>[0],
    act: (page: Page, context: BrowserContext) => Promise<void>,
  ) {
    const context = await browser.newContext({ baseURL: app.config.publicUrl, ...options })
    const page = await context.newPage()
    page.setDefaultTimeout(6_000)
    const complaints: string[] = []
    page.on(
      'console',
      (said) => said.type() === 'error' && !/status of (?:409|422)/.test(said.text()) && complaints.push(said.text()),
    )
    page.on('pageerror', (error) => complaints.push(String(error)))
    await act(page, context).finally(() => context.close())
    expect(complaints).toEqual([])
  }

  /** The pages of a day, a topic and a story, and the report of that story. */
  async function publicPaths(): Promise<string[]> {
    const { story_id, at } = await app.db
      .selectFrom('story_claims')
      .select(['story_id', 'at'])
      .executeTakeFirstOrThrow()
    return [`/days/${at.toString().slice(0, 10)}`, '/topics/displacement', `/stories/${story_id}`, '/items/1']
  }

  /** Waits for the page of this title: a click returns before the next page is there. */
  const titled = (page: Page, name: string) => page.getByRole('heading', { level: 1, name, exact: true }).waitFor()

  /** Opens the newest mail of the local mailbox with this subject, once it is there. */
  async function openMail(page: Page, to: string, subject: RegExp): Promise<void> {
    const path = await eventually(async () => {
      const mails = (await (await fetch(`${app.config.publicUrl}/mailbox.json`)).json()) as {
        id: number
        to: string
        subject: string
      }[]
      const found = mails.find((mail) => mail.to === to && subject.test(mail.subject))
      return found && `/mailbox/${found.id}`
    }, `a mail to ${to} about ${subject}`)
    await page.goto(path)
  }

  test('a reader subscribes, confirms, changes preferences and unsubscribes, on a phone and without any script', async () => {
    const phone = { viewport: { width: 390, height: 844 }, javaScriptEnabled: false }
    const to = 'ihor@example.org'
    await open(phone, async (page) => {
      await page.goto('/')
      for (const topic of ['Infrastructure strikes', 'Displacement']) await page.getByLabel(topic).check()
      await page.getByLabel('Time of day').fill('06:30')
      await page.getByLabel('Time zone').selectOption('Europe/Kyiv')
      await page.getByRole('button', { name: 'Subscribe' }).click()
      await expect(page.getByText('Give one mail address').textContent()).resolves.toBeTruthy()
      await page.getByLabel('Your e-mail address').fill(to)
      await page.getByRole('button', { name: 'Subscribe' }).click()
      await titled(page, 'Check your mail')

      await openMail(page, to, /confirm/i)
      await page.locator('.links a[href*="/c/"]').click()
      await page.getByText('Daily digest at 06:30, Europe/Kyiv').waitFor()
      await page.getByRole('button', { name: 'Confirm' }).click()
      await titled(page, 'You are subscribed')

      await page.getByRole('link', { name: 'Your preferences' }).click()
      await page.getByRole('link', { name: 'Change or end' }).click()
      await page.locator('#topics-displacement').uncheck()
      await page.getByLabel('Time of day').fill('08:15')
      await page.getByRole('button', { name: 'Save' }).click()
      expect(await page.getByRole('status').textContent()).toContain('Your subscription is saved.')
      await page.getByRole('heading', { name: 'Daily digest at 08:15, Europe/Kyiv' }).waitFor()
      await page.getByRole('link', { name: 'a weekly digest' }).click()
      await page.getByLabel('Day of the week').selectOption('Thursday')
      await page.getByRole('button', { name: 'Save' }).click()
      await page.getByRole('heading', { name: 'Weekly digest on Thursdays at 08:15, Europe/Kyiv' }).waitFor()

      await openMail(page, to, /^(?!.*(?:confirm|preferences))/i)
      await page.locator('.links a[href*="/u/"]').click()
      await page.getByRole('button', { name: 'Unsubscribe from all mails' }).click()
      await titled(page, 'You are unsubscribed')
    })
    const states = await app.db
      .selectFrom('subscribers')
      .innerJoin('subscriptions', 'subscriber_id', 'subscribers.id')
      .select(['subscribers.state as reader', 'cadence', 'subscriptions.state', 'topics', 'local_time'])
      .where('email', '=', to)
      .orderBy('cadence')
      .execute()
    expect(states).toMatchObject([
      { reader: 'gone', cadence: 'daily', state: 'ended', topics: ['infrastructure-strikes'], local_time: '08:15' },
      { reader: 'gone', cadence: 'weekly', state: 'ended' },
    ])
  })

  test('an admin signs in, sends an edition again to one reader, and finds it in the ledger and the audit log', async () => {
    await join(app, olena)
    await eventually(async () => {
      const states = await app.db.selectFrom('deliveries').select('state').execute()
      return states.length > 0 && states.every(({ state }) => state === 'accepted')
    }, 'the welcome digest')
    await open({}, async (page) => {
      await page.goto(await inviteAdmin(app, 'admin@example.org', 'test'))
      await page.getByRole('button', { name: 'Sign in' }).click()
      await titled(page, 'Overview')

      await page.getByRole('link', { name: 'Readers' }).click()
      await page.getByLabel('Find by address').fill('olena')
      await page.getByRole('button', { name: 'Find' }).click()
      await page.getByRole('link', { name: olena.email }).click()
      await page.locator('table a').first().click()
      await page.getByLabel('One reader').check()
      await page.getByLabel('Address of the reader').fill(olena.email)
      await page.getByRole('button', { name: 'Preview' }).click()
      expect(await page.getByRole('alert').textContent()).toContain('Give a reason')
      await page.getByLabel('Reason').fill('She lost it')
      await page.getByRole('button', { name: 'Preview' }).click()
      await titled(page, 'Send again to 1 reader?')
      await page.getByRole('button', { name: 'Send again' }).click()
      expect(await page.getByRole('status').textContent()).toContain('Sending 1 is queued')
      await eventually(async () => {
        await page.reload()
        return (await page.locator('tr', { hasText: olena.email }).filter({ hasText: 'accepted' }).count()) === 2
      }, 'the second copy in the ledger')

      await page.getByRole('link', { name: 'Audit log' }).click()
      expect(await page.getByText('She lost it').count()).toBe(1)
      await page.getByRole('button', { name: 'Check the audit log now' }).click()
      await titled(page, 'Check of the audit log')
      expect(await page.getByText('The audit log is intact').count()).toBe(1)
    })
    const copies = await app.db.selectFrom('mailbox').select('raw').where('recipient', '=', olena.email).execute()
    const ids = copies.map(({ raw }) => /^Message-ID: (.*)\r$/im.exec(raw.toString())?.[1])
    expect([ids.length, new Set(ids).size]).toEqual([2, 2])
  })

  test('an admin previews a page on a phone, without any script, chooses another of its feeds and adds it', async () => {
    const at = Temporal.Now.instant().subtract({ hours: 3 })
    const other = feeds.set('/other.xml', { body: feedOf([{ guid: 'o', title: 'Day nine', at, claims: [flight] }]) })
    const link = (href: string) =>
      `<link rel="alternate" type="application/rss+xml" href="${href}" title="All of ${href}">`
    const body = `<!doctype html><html><head>${link('/feed')}${link('/other.xml')}</head></html>`
    const address = feeds.set('/front', { headers: { 'content-type': 'text/html' }, body })
    await open({ viewport: { width: 390, height: 844 }, javaScriptEnabled: false }, async (page) => {
      await page.goto(await inviteAdmin(app, 'admin@example.org', 'test'))
      await page.getByRole('button', { name: 'Sign in' }).click()
      await page.getByRole('link', { name: 'Feeds', exact: true }).click()
      await page.getByLabel('Add a feed').fill(address)
      await page.getByRole('button', { name: 'Preview' }).click()
      await titled(page, 'This feed is already in the list')
      await page.getByRole('button', { name: `Preview ${other}` }).click()
      await titled(page, 'River Desk')
      expect(await page.getByText('Day nine').count()).toBe(1)
      expect(await page.locator('.claims').textContent()).toContain(flight)
      await page.getByLabel('Folder').fill('Rivers')
      await page.getByRole('button', { name: 'Add this feed' }).click()
      expect(await page.getByRole('status').textContent()).toContain('The feed was added')
      await eventually(async () => {
        await page.reload()
        return (await page.getByRole('link', { name: 'Day nine', exact: true }).count()) === 1
      }, 'its report, read')
      expect(await page.getByLabel('Folder').inputValue()).toBe('Rivers')
      await page.getByText('Day by day').click()
      expect(await page.getByText('1 poll, 1 new item').count()).toBe(1)
      expect(await page.evaluate(excess)).toBe(0)
    })
  })

  test('an admin sees the queue and its jobs on the queue board, without an error in the console', async () => {
    await open({}, async (page) => {
      await page.goto(await inviteAdmin(app, 'admin@example.org', 'test'))
      await page.getByRole('button', { name: 'Sign in' }).click()
      await page.getByRole('link', { name: 'Queues' }).click()
      await page.getByText('sitrep', { exact: true }).first().click()
      await page
        .getByText(/^repeat:\w+:\d+$/)
        .first()
        .waitFor({ timeout: 10_000 })
    })
  })

  test('with scripts the form starts with the time zone of the browser', async () => {
    await open({ timezoneId: 'Europe/Kiev' }, async (page) => {
      await page.goto('/')
      expect(await page.getByLabel('Time zone').inputValue()).toBe('Europe/Kyiv')
    })
  })

  test('no page is wider than a phone, no field is without its label, and no heading skips a level', async () => {
    await join(app, john)
    await open({ viewport: { width: 390, height: 844 } }, async (page) => {
      await page.goto(await inviteAdmin(app, 'admin@example.org', 'test'))
      await page.getByRole('button', { name: 'Sign in' }).click()
      const edition = await page
        .goto('/admin/editions')
        .then(() => page.locator('table a').first().getAttribute('href'))
      for (const path of [
        '/',
        '/editions',
        '/preferences',
        '/mailbox',
        '/admin',
        '/admin/feeds',
        '/admin/feeds/1',
        '/admin/readers',
        edition!,
        ...(await publicPaths()),
      ]) {
        await page.goto(path)
        const [wide, unlabelled] = [await page.evaluate(excess), await page.evaluate(unlabelledFields)]
        const skipped = await page.evaluate(skippedHeadings)
        expect({ path, wide, unlabelled, skipped }).toEqual({ path, wide: 0, unlabelled: 0, skipped: [] })
      }
    })
  })
})
