import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { alertView } from '../src/editions/mail/alert-view.ts'
import { digestView } from '../src/editions/mail/digest-view.ts'
import { fillPlaceholders } from '../src/editions/mail/placeholders.ts'
import { wordsIn } from '../src/editions/mail/reading-time.ts'
import { weeklyView } from '../src/editions/mail/weekly-view.ts'
import { createRenderer } from '../src/editions/render.ts'
import { planStories } from '../src/editions/rules/briefing/plan-briefing.ts'
import { mailLinks } from '../src/readers/rules/mail-links.ts'
import { newSecretKey } from '../src/readers/rules/token.ts'
import { wordsOfHtml } from '../test/editions/read-mail.ts'
import { claimsOf, topics } from './support/news-claims.ts'

export const name = 'mail-size'

const counts = [5, 20, 100]
const lengths = { '2_min': 2, '5_min': 5, all: null } as const

/**
 * The size of mails of 5, 20 and 100 stories: a daily digest for 2 and 5 minutes and of everything, a weekly digest and an alert.
 * `html` is in bytes as it is sent, with the links of a reader, `gzip` the same compressed, `text` the bytes of the text part,
 * `words` those that the HTML shows, and `news` the share of them that are headlines, claims, quotations and figures.
 */
export async function run(): Promise<Record<string, number>> {
  const figures: Record<string, number> = {}
  for (const stories of counts) {
    const views = viewsOf(stories)
    for (const [kind, { template, view }] of Object.entries(views)) {
      const sizes = await sizesOf(template, view)
      for (const [figure, value] of Object.entries(sizes)) figures[`${kind}_${stories}_stories_${figure}`] = value
    }
  }
  return figures
}

const closedAt = Temporal.Instant.from('2026-11-23T05:00:00Z')
const sender = {
  publicUrl: 'https://sitrep.example.org',
  slug: '2026-11-23-daily-1beaac51f9a2',
  brand: { postalAddress: '12 Harbour Street, Tallinn 10111', contact: 'desk@sitrep.example.org' },
}
const slot = {
  ...{ ...sender, topics, corrections: [], zone: 'Europe/Kyiv', closedAt, civilDate: '2026-11-23' },
  read: { reports: 180, feeds: 24, withoutMatch: 96, silent: [] },
}

type Drawn = { template: string; view: View }
type View = ReturnType<typeof digestView> | ReturnType<typeof weeklyView> | ReturnType<typeof alertView>

function viewsOf(count: number): Record<string, Drawn> {
  const stories = planStories(claimsOf(count, { until: closedAt }), [])
  const daily = { ...slot, kind: 'daily', stories, schedule: { cadence: 'daily', localTime: '07:00' } } as const
  const digests = Object.entries(lengths).map(([length, minutes]): [string, Drawn] => [
    `daily_${length}`,
    { template: 'digest', view: digestView({ ...daily, minutes }) },
  ])
  const [claims, before] = [7, 14].map((days) =>
    claimsOf(count, { until: closedAt.subtract({ hours: 24 * (days - 7) }), days: 7 }),
  )
  const schedule = { cadence: 'weekly', localTime: '07:00', weekday: 1 } as const
  return {
    ...Object.fromEntries(digests),
    weekly: { template: 'weekly', view: weeklyView({ ...slot, claims: claims!, before: before!, schedule }) },
    alert: { template: 'alert', view: alertView({ ...slot, stories }) },
  }
}

const { render } = { render: createRenderer({ templatesDir: join(import.meta.dirname, '..', 'templates') }) }
const links = mailLinks({
  ...{ keys: [newSecretKey()], publicUrl: sender.publicUrl, datedAt: closedAt },
  ...{
    subscriber: {
      id: 12_345,
      nonce: 'a1b2c3d4e5f6a7b8c9d0',
      preferences_nonce: 'a1b2c3d4e5f6a7b8c9d0a1b2c3d4e5f6',
      link_nonce: 'a1b2c3d4e5f6a7b8c9d0',
    },
    subscriptionId: 23_456,
    deliveryId: 9_876_543,
  },
})

async function sizesOf(template: string, view: View) {
  const mail = await render.mail(template, view)
  const values = { ...links, address: 'a.reader@mail.example.org' }
  const html = fillPlaceholders(mail.html, values, 'html')
  const shown = wordsOfHtml(html.replace(/<div style="display:none[\s\S]*?<\/div>/, '')) // the preheader
  return {
    html: Buffer.byteLength(html),
    gzip: gzipSync(html).length,
    text: Buffer.byteLength(fillPlaceholders(mail.text, values, 'text')),
    words: wordsIn([shown]),
    news: wordsIn(newsOf(view)) / wordsIn([shown]),
  }
}

/** What a mail tells in the words of its sources. */
function newsOf(view: View): (string | null)[] {
  if ('threads' in view) {
    const values = view.figures.flatMap(({ now, before }) => (before ? [now, before] : [now]))
    const lines = [
      ...view.threads.flatMap(({ headline, days }) => [headline, ...days]),
      ...values,
      ...view.open,
      ...view.also,
    ]
    return lines.map(({ text }) => text)
  }
  const lines = 'watch' in view ? [...view.others, ...view.continuing, ...view.watch] : view.others
  return [
    ...view.stories.flatMap(({ headline, statements, further, figures }) => [
      headline,
      ...statements.flatMap(({ text, quote }) => [text, quote]),
      ...further.map(({ text }) => text),
      ...figures.map(({ values }) => values),
    ]),
    ...lines.map(({ text }) => text),
  ]
}
