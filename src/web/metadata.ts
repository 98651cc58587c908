import type { Config } from '../config.ts'
import { escapeHtml } from '../platform/text/escape-html.ts'
import { shorten } from '../platform/text/shorten.ts'

/** What search engines and previews of links are told of a public page. `feeds` are its Atom and JSON feeds. */
export type PageMeta = {
  description: string
  canonical: string
  type: 'website' | 'article'
  feeds: { type: string; title: string; href: string }[]
}

/** Previews show about so many characters. */
const maxDescription = 200

/** The metadata of the public page at `path`, which begins with a slash. */
export function metaOf(
  { publicUrl }: Config,
  path: string,
  description: string,
  { type = 'website', feeds = [] }: Partial<Pick<PageMeta, 'type' | 'feeds'>> = {},
): PageMeta {
  return { description: shorten(description, maxDescription), canonical: `${publicUrl}${path}`, type, feeds }
}

/** A mail as a page with its metadata, which a mail has not. */
export function withMeta(html: string, title: string, { description, canonical, type }: PageMeta): string {
  const tags = [
    `<meta name="description" content="${escapeHtml(description)}">`,
    `<link rel="canonical" href="${escapeHtml(canonical)}">`,
    ...Object.entries({ site_name: 'Sitrep', type, title, description, url: canonical }).map(
      ([name, content]) => `<meta property="og:${name}" content="${escapeHtml(content)}">`,
    ),
  ].join('')
  return html.replace(/<head[^>]*>/i, (head) => head + tags)
}
