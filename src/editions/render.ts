import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Liquid, type Template } from 'liquidjs'
import { directed, directionOf, isolated, sideOf } from '../platform/text/direction.ts'
import { escapeHtml } from '../platform/text/escape-html.ts'
import { plural } from '../platform/text/plural.ts'
import { oneLine } from '../platform/text/shorten.ts'
import { type CompiledMails, compileMails } from './compile-mails.ts'
import { stripPlaceholders } from './mail/placeholders.ts'

export type RenderedMail = { subject: string; html: string; text: string }

/** Turns views into mails and pages. `version` changes with any template of a mail; it is part of the edition key. */
export type Renderer = {
  mail(name: string, view: object): Promise<RenderedMail>
  page(name: string, view: object): Promise<string>
  version(name: string): string
}

/**
 * Renders `templatesDir/mail/NAME.{mjml,txt,subject.txt}` and `templatesDir/pages/NAME.liquid`; every template is parsed once.
 * The MJML is compiled with the first mail, once for all.
 * @throws from its methods when a template is missing, names an unknown variable, or is not valid MJML.
 */
export function createRenderer({ templatesDir }: { templatesDir: string }): Renderer {
  const mailDir = join(templatesDir, 'mail')
  const pages = engine(join(templatesDir, 'pages'), '.liquid', escapeHtml)
  const html = engine(mailDir, '', (text) => escapeHtml(stripPlaceholders(text)))
  const plain = engine(mailDir, '', (text) => stripPlaceholders(plainLine(text)))
  const versions = new Map<string, string>()
  let compiled: Promise<CompiledMails> | undefined
  const parsed = new Map<string, Template[]>()
  const htmlOf = async (name: string): Promise<Template[]> => {
    compiled ??= compileMails(mailDir)
    const known = parsed.get(name) ?? html.parse((await compiled).htmlOf(name))
    parsed.set(name, known)
    return known
  }
  return {
    page: async (name, view) => pages.renderFileSync(name, view),
    async mail(name, view) {
      return {
        subject: oneLine(plain.renderFileSync(`${name}.subject.txt`, view)),
        html: withoutIndent(html.renderSync(await htmlOf(name), view) as string),
        text: layOut(plain.renderFileSync(`${name}.txt`, view)),
      }
    },
    version(name) {
      const version = versions.get(name) ?? versionOf(mailDir, name)
      versions.set(name, version)
      return version
    },
  }
}

/**
 * A template engine that escapes every output: the `raw` filter is removed. `{{ count | plural: 'report' }}` is `3 reports`,
 * `{{ lang | direction }}` is `rtl` for Arabic, and `{{ lang | side }}` is `right`.
 */
function engine(root: string, extname: string, asSafe: (text: string) => string): Liquid {
  const liquid = new Liquid({
    root,
    extname,
    cache: true,
    strictVariables: true,
    strictFilters: true,
    lenientIf: true,
    ownPropertyOnly: true,
    relativeReference: false,
    outputEscape: (value: unknown) => (value === null || value === undefined ? '' : asSafe(String(value))),
  })
  liquid.unregisterFilter('raw')
  liquid.registerFilter('plural', plural)
  for (const [name, filter] of Object.entries({ direction: directionOf, side: sideOf, isolated, directed }))
    liquid.registerFilter(name, filter)
  return liquid
}

/** One line of the text part. Of the marks that publishers may write, only pairs that isolate words stay: they end what they begin. */
const plainLine = (text: string): string =>
  oneLine(text.replace(/[\ue000\ue001]/g, '').replace(isolatedWords, '\ue000$1\ue001'))
    .replaceAll('\ue000', '\u2068')
    .replaceAll('\ue001', '\u2069')

const isolatedWords = /\u2068([^\u2066-\u2069]*)\u2069/g

const withoutIndent = (html: string): string => html.replace(/\s*\n\s*/g, '\n').trim()

const columns = 76

/**
 * Lays out the text part of a mail: lines of at most 76 columns broken between words, and at most one empty line in a row.
 * What follows a number, a dash or a `>` keeps its indent. An address longer than a line stays whole.
 */
export function layOut(text: string): string {
  const lines = text.split(/\r?\n/).flatMap((line) => wrap(line.trimEnd()))
  const joined = lines.join('\n').replace(/\n{3,}/g, '\n\n')
  return `${joined.trim()}\n`
}

/** What stands before the words of a line: indent and bullet. Only `>` is repeated on every line. */
const lead = /^(\s*)(> |- |\d{1,3}\. )?/

function wrap(line: string): string[] {
  if (line.length <= columns) return [line]
  const [before = '', indent = '', bullet = ''] = lead.exec(line) ?? []
  const hanging = indent + (bullet === '> ' ? bullet : ' '.repeat(bullet.length))
  const lines: string[] = []
  const [firstWord = '', ...words] = line.slice(before.length).split(' ')
  let current = `${before}${firstWord}`
  for (const word of words) {
    if (current.length + 1 + word.length > columns) {
      lines.push(current)
      current = hanging + word
    } else current += ` ${word}`
  }
  return [...lines, current]
}

function versionOf(mailDir: string, name: string): string {
  const parts = readdirSync(join(mailDir, 'parts')).sort()
  const files = [`${name}.mjml`, `${name}.txt`, `${name}.subject.txt`, ...parts.map((part) => join('parts', part))]
  const hash = createHash('sha256')
  for (const file of files) {
    hash.update(`${file}\0`)
    hash.update(readFileSync(join(mailDir, file)))
    hash.update('\0')
  }
  return hash.digest('hex').slice(0, 12)
}
