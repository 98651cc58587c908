import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Correction } from '../../src/editions/mail/corrections.ts'
import { describeWithChromium, launchChromium } from '../support/chromium.ts'
import { renderAlert, renderDigest } from './mails.ts'
import { matchedTakeaway } from './matched-takeaways.ts'

const inArabic = (id: number, text: string, feedTitle: string, quote?: string) =>
  matchedTakeaway({
    id,
    text,
    feed: { id: 40 + id, title: feedTitle } as never,
    attribution: 'وزارة الطاقة',
    evidence: quote ? [{ passage: 3, quote, references: [] }] : [],
    item: { id: 400 + id, title: text, url: `https://wadi.example/${id}`, language: 'ar' },
  })

const plant = inArabic(
  1,
  'قصفت المسيّرات محطة كهرباء مروي فانقطع التيار عن 3 ولايات.',
  'جريدة الوادي',
  'قال رئيس البلدية إن المولدات لن تكفي أكثر من 48 ساعة، وإن UNICEF أرسلت 12 شاحنة.',
)
const flight = inArabic(2, 'UNHCR: نزوح 12,500 أسرة من الفاشر في أسبوع واحد', 'Wadi Post')
const others = Array.from({ length: 9 }, (_, i) =>
  inArabic(10 + i, `أُجلي سكان القرية رقم ${i + 3} قبل وصول السيل إلى الوادي الكبير.`, 'Wadi Post'),
)
const change: Correction = {
  kind: 'corrected',
  was: flight,
  now: flight,
  textWas: 'نزوح 9,000 أسرة من الفاشر.',
  text: 'نزوح 12,500 أسرة من الفاشر.',
  tells: [2],
}
const mail = () => renderDigest([plant, flight], [change])
const longMail = () => renderDigest([plant, flight, ...others])

/** The elements of a mail in Arabic. */
const arabicElements = (html: string) => html.match(/<\w+[^>]*\blang="ar"[^>]*>/g) ?? []

describe('a mail with claims in Arabic', () => {
  test('marks each headline, quotation and line with its language and direction, whatever letter it begins with', async () => {
    const { html } = await mail()
    for (const element of arabicElements(html + (await longMail()).html)) expect(element).toMatch(/dir="rtl"/)
    expect(arabicElements(html).length).toBeGreaterThan(4)
    expect(html).toMatch(/<h2[^>]*text-align:right[^>]*dir="rtl"[^>]*>UNHCR/)
    expect(html).toMatch(/<blockquote[^>]*padding-right:12px;border-right:3px[^>]*dir="rtl"/)
  })

  test('keeps the name and the time of an Arabic source in their order', async () => {
    const { html, text } = await mail()
    for (const part of [html, text]) {
      expect(part).toContain('\u2068جريدة الوادي\u2069, Sun 22 Nov, 23:30, citing \u2068وزارة الطاقة\u2069')
      expect(part).toContain('\u2068جريدة الوادي\u2069, Sun 22 Nov, 23:30')
    }
    expect(text).toMatch(/^ {3}\u200e\u2068جريدة/m)
  })

  test('begins each Arabic line of the text part with a letter or mark from right to left, and has no other marks', async () => {
    const { text } = await mail()
    expect(text).toMatch(/^\d+\. \u200fUNHCR/m)
    expect(text).toMatch(/^\d+\. قصفت/m)
    expect(text).toMatch(/^ {3}> "قال/m)
    expect(text).toContain('Corrected: \u2068نزوح 12,500')
    expect(text.match(/\u2068/g)?.length).toBe(text.match(/\u2069/g)?.length)
    expect((await renderDigest([matchedTakeaway({})])).text).not.toMatch(/[\u200e\u200f\u2066-\u2069]/)
  })

  test('has a plain subject', async () => {
    expect((await renderAlert([plant])).subject).toBe(plant.text.slice(0, -1))
  })

  test('lets no mark of a publisher reach the text part but pairs that isolate', async () => {
    const { text } = await renderDigest([
      matchedTakeaway({ text: 'Dara \u202ewas \u2068hit\u2067 and \u2069closed\u2069.' }),
    ])
    expect(text).not.toMatch(/[\u202a-\u202e\u2066\u2067]/)
    expect(text.match(/\u2068/g)?.length ?? 0).toBe(text.match(/\u2069/g)?.length ?? 0)
  })
})

describeWithChromium('an Arabic claim in a mail', () => {
  let browser: Browser
  let page: Page
  beforeAll(async () => {
    browser = await launchChromium()
  })
  afterAll(() => browser?.close())

  test.each([800, 360])(
    'begins at the right edge, and its quotation has its rule there, %i pixels wide',
    async (width) => {
      page = await browser.newPage({ viewport: { width, height: 800 } })
      await page.setContent((await longMail()).html)
      const gaps: { right: number; fits: boolean }[] = await page.evaluate(gapsInPage)
      expect(gaps.length).toBeGreaterThan(5)
      for (const { right, fits } of gaps) {
        expect(right).toBeLessThan(20)
        expect(fits).toBe(true)
      }
      await page.close()
    },
  )
})

/** How far each Arabic element's words end from its right edge, in pixels. Runs in the browser. */
const gapsInPage = `[...document.querySelectorAll('h2[dir=rtl], blockquote[dir=rtl], p[dir=rtl]')].map((element) => {
  const words = document.createRange()
  words.selectNodeContents(element)
  const right = element.getBoundingClientRect().right - words.getBoundingClientRect().right
  return { right, fits: document.documentElement.scrollWidth <= innerWidth }
})`
