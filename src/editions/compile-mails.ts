import { readdirSync } from 'node:fs'
import { Liquid } from 'liquidjs'
import { runOnce } from '../threads/run-once.ts'
import type { HtmlOfMail, MjmlOfMail } from './mjml-thread.ts'

/** The HTML template of each mail, by name: Liquid, to be filled in for each edition. */
export type CompiledMails = { htmlOf(name: string): string }

/**
 * Compiles `mailDir/NAME.mjml` of all mails, once for all editions. First the tags `[% %]` are resolved, which put a mail into its
 * layout; then MJML makes HTML of it. Liquid's own tags go through as they are. MJML takes a second and 80 MB: it runs in a thread
 * that ends with it.
 * @throws from `htmlOf` when the mail is not valid MJML, or has Liquid where MJML would drop it
 */
export async function compileMails(mailDir: string): Promise<CompiledMails> {
  const liquid = new Liquid({ ...delimiters, root: mailDir, extname: '', relativeReference: false })
  const names = readdirSync(mailDir).flatMap((file) => /^(.+)\.mjml$/.exec(file)?.[1] ?? [])
  const mails = await Promise.all(names.map(async (name) => ({ name, mjml: await liquid.renderFile(`${name}.mjml`) })))
  const thread = new URL('./mjml-thread.ts', import.meta.url)
  const compiled = await runOnce<MjmlOfMail[], HtmlOfMail[]>(thread, mails)
  const checked = new Map(compiled.map((one, n) => [one.name, withoutLoss(mails[n]?.mjml ?? '', one)]))
  return {
    htmlOf(name) {
      const one = checked.get(name) ?? { name, problem: 'does not exist' }
      if ('problem' in one) throw new Error(`The template of the mail ${name} ${one.problem}`)
      return withLanguageOfBody(one.html)
    },
  }
}

const delimiters = {
  tagDelimiterLeft: '[%',
  tagDelimiterRight: '%]',
  outputDelimiterLeft: '[[',
  outputDelimiterRight: ']]',
}

/** MJML drops text that stands between its elements: a condition that was lost there would show its mail to everybody. */
function withoutLoss(mjml: string, compiled: HtmlOfMail): HtmlOfMail {
  if ('problem' in compiled) return compiled
  const kept = countsOf(compiled.html)
  const lost = [...countsOf(mjml)].find(([tag, times]) => times > (kept.get(tag) ?? 0))
  return lost ? { name: compiled.name, problem: `has ${lost[0]} outside an <mj-raw> or a text` } : compiled
}

function countsOf(template: string): Map<string, number> {
  const tags = template.match(/\{\{.*?\}\}|\{%.*?%\}/gs) ?? []
  return new Map(Object.entries(Object.groupBy(tags, (tag) => tag)).map(([tag, all = []]) => [tag, all.length]))
}

/** Mail programs show the body inside a page of their own, whose language and direction it would take. */
function withLanguageOfBody(html: string): string {
  const [, attributes = ''] = /<html( lang="[^"]*" dir="[^"]*")/.exec(html) ?? []
  return html.replace('<body', `<body${attributes}`)
}
