import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Liquid } from 'liquidjs'
import { escapeHtml } from '../platform/text/escape-html.ts'
import { plural } from '../platform/text/plural.ts'
import { oneLine } from '../platform/text/shorten.ts'
import { stripPlaceholders } from './mail/placeholders.ts'
import { layOut } from './mail/plain-text.ts'

export type RenderedMail = { subject: string; html: string; text: string }

/** Turns views into mails and pages. `version` names the state of a mail's templates: it enters the edition key. */
export type Renderer = {
  mail(name: string, view: object): Promise<RenderedMail>
  page(name: string, view: object): Promise<string>
  version(name: string): string
}

/**
 * Renders `templatesDir/mail/NAME.{mjml,txt,subject.txt}` and `templatesDir/pages/NAME.liquid`; every template is parsed once.
 * @throws from its methods when a template is missing, names an unknown variable, or is not valid MJML.
 */
export function createRenderer({ templatesDir }: { templatesDir: string }): Renderer {
  const mailDir = join(templatesDir, 'mail')
  const pages = engine(join(templatesDir, 'pages'), '.liquid', escapeHtml)
  const html = engine(mailDir, '', (text) => escapeHtml(stripPlaceholders(text)))
  const plain = engine(mailDir, '', (text) => stripPlaceholders(oneLine(text)))
  const versions = new Map<string, string>()
  return {
    page: (name, view) => pages.renderFile(name, view),
    async mail(name, view) {
      return {
        subject: oneLine(await plain.renderFile(`${name}.subject.txt`, view)),
        html: await toHtml(name, await html.renderFile(`${name}.mjml`, view)),
        text: layOut(await plain.renderFile(`${name}.txt`, view)),
      }
    },
    version(name) {
      if (!versions.has(name)) versions.set(name, versionOf(mailDir, name))
      return versions.get(name)!
    },
  }
}

/** Every output is escaped; the filter that would let one through is taken away. `{{ n | plural: 'entry', 'entries' }}` counts. */
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
  return liquid
}

/** MJML is loaded with the first mail: it takes a second and 80 MB that a web server never needs. */
async function toHtml(name: string, mjml: string): Promise<string> {
  const { default: mjml2html } = await import('mjml')
  try {
    const { html } = await mjml2html(mjml, {
      validationLevel: 'strict',
      ignoreIncludes: true,
      keepComments: false,
      fonts: {},
    })
    return html.replace(/\s*\n\s*/g, '\n').trim()
  } catch (error) {
    throw new Error(`The template of the mail ${name} is not valid MJML: ${(error as Error).message}`, { cause: error })
  }
}

function versionOf(mailDir: string, name: string): string {
  const parts = readdirSync(join(mailDir, 'parts')).sort()
  const files = [`${name}.mjml`, `${name}.txt`, `${name}.subject.txt`, ...parts.map((part) => join('parts', part))]
  const hash = createHash('sha256')
  for (const file of files)
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(mailDir, file)))
      .update('\0')
  return hash.digest('hex').slice(0, 12)
}
