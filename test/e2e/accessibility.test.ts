import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, test } from 'vitest'
import { injectAxe, violationsOf } from '../support/axe.ts'
import { describeWithChromium, launchChromium } from '../support/chromium.ts'
import { pagesOf } from '../support/pages.ts'
import { linkIn, openSampleSite, type SampleSite } from '../support/sample-site.ts'

const widths = [1280, 375]
const schemes = ['light', 'dark'] as const

/** What of the page matters is in its path; `steps` lead on from there to a page that only a form gives. */
type Visit = { path: string; steps?: (page: Page) => Promise<void> }

const press = (page: Page, name: string) => page.getByRole('button', { name }).first().click()

describeWithChromium('axe-core finds no fault', () => {
  let site: SampleSite
  let browser: Browser

  beforeAll(async () => {
    ;[site, browser] = await Promise.all([openSampleSite(), launchChromium()])
  })
  afterAll(async () => {
    await browser?.close()
    await site?.close()
  })

  /** The faults of an open page of these impacts, at both widths in light and dark. Dark changes nothing but colours. */
  async function faultsOf(page: Page, name: string, impacts: string[]): Promise<string[]> {
    await injectAxe(page)
    const faults: string[] = []
    for (const width of widths) {
      await page.setViewportSize({ width, height: 900 })
      for (const colorScheme of schemes) {
        await page.emulateMedia({ colorScheme })
        const found = await violationsOf(page, colorScheme === 'light' ? 'all' : 'colours')
        for (const { rule, impact, help, targets } of found.filter((each) => impacts.includes(each.impact)))
          faults.push(`${name}, ${width} px, ${colorScheme}: ${rule} (${impact}: ${help}) at ${targets.join(' and ')}`)
      }
    }
    return faults
  }

  /** The faults of pages, visited one after the other by one browser. */
  async function faultsOnWalk(visits: Visit[], headers: Record<string, string> = {}): Promise<string[]> {
    const context = await browser.newContext({ baseURL: site.app.config.publicUrl, extraHTTPHeaders: headers })
    const page = await context.newPage()
    page.setDefaultTimeout(6_000)
    const faults: string[] = []
    for (const { path, steps } of visits) {
      const answer = await page.goto(path)
      if (answer?.status() !== 200 && !path.includes('nowhere')) throw new Error(`${path} answers ${answer?.status()}.`)
      await steps?.(page)
      faults.push(...(await faultsOf(page, steps ? `${path} and on` : path, ['moderate', 'serious', 'critical'])))
    }
    await context.close()
    return faults
  }

  const walkOf = (...paths: string[]): Visit[] => paths.map((path) => ({ path }))

  test.concurrent('on the public pages', async ({ expect }) => {
    const [story, copy] = [linkIn(site, 'Daily digest', '/stories/'), linkIn(site, 'Daily digest', '/editions/')]
    const emptyForm = { path: '/', steps: (page: Page) => press(page, 'Subscribe') }
    const faults = await faultsOnWalk([
      ...walkOf('/', '/editions', '/days/2026-11-22', '/topics/displacement', story, copy, '/items/1', '/wrong'),
      ...walkOf('/preferences', '/mailbox', '/mailbox/1', '/samples/essay/2', '/nowhere', '/admin-nowhere', '/privacy'),
      emptyForm,
    ])
    expect(faults).toEqual([])
  })

  test.concurrent('on the pages behind the links of a mail', async ({ expect }) => {
    const preferences = linkIn(site, 'Preferences', '/p/')
    const of = (cadence: string) => `${preferences}/subscriptions/new?cadence=${cadence}`
    const own = async (page: Page) =>
      page
        .getByRole('link', { name: /^Change or end/ })
        .first()
        .click()
    const mute = linkIn(site, 'Alert', '/m/')
    const faults = await faultsOnWalk([
      ...walkOf(
        linkIn(site, 'Daily digest', '/w/'),
        linkIn(site, 'Daily digest', '/u/'),
        mute,
        of('alert'),
        of('weekly'),
      ),
      { path: mute, steps: (page) => press(page, 'Mute this story') },
      ...walkOf(
        linkIn(site, 'Alert', '/p/'),
        `${preferences}?done=saved`,
        `${preferences}/data`,
        `${preferences}/erase`,
      ),
      { path: preferences, steps: own },
      ...walkOf(linkIn(site, 'Please confirm', '/c/')),
      { path: linkIn(site, 'Please confirm', '/c/'), steps: (page) => press(page, 'Confirm') },
    ])
    expect(faults).toEqual([])
  })

  test.concurrent('on the pages of admins', async ({ expect }) => {
    const { headers } = await pagesOf(site.app).signIn()
    const edition = `/admin${linkIn(site, 'Daily digest', '/editions/')}`
    const { id: held } = await site.app.db
      .selectFrom('feeds')
      .select('id')
      .where('url', 'like', '%held%')
      .executeTakeFirstOrThrow()
    const preview = async (page: Page) => {
      await page.getByLabel('Add a feed').fill(`${site.app.feedServer.url}/held.xml`)
      await press(page, 'Preview')
    }
    const faults = await faultsOnWalk(
      [
        ...walkOf('/admin', '/admin/feeds', '/admin/feeds/1', `/admin/feeds/${held}`, '/admin/editions', edition),
        ...walkOf(
          '/admin/editions/unsure',
          '/admin/readers',
          '/admin/readers/1',
          '/admin/topics',
          '/admin/unknown',
          '/admin/audit',
        ),
        ...walkOf('/admin/audit/verify', '/admin/items/1', '/admin/items/1/who', '/admin/readers/1/timeline'),
        { path: '/admin/feeds', steps: preview },
      ],
      headers,
    )
    expect(faults).toEqual([])
  })

  test.concurrent('in the mails', async ({ expect }) => {
    const context = await browser.newContext()
    const faults: string[] = []
    for (const { name, html } of site.mails) {
      const page = await context.newPage() // a page of the site would forbid the styles of a mail
      await page.setContent(html)
      faults.push(...(await faultsOf(page, name, ['serious', 'critical'])))
      await page.close()
    }
    await context.close()
    expect(faults).toEqual([])
  })
})
