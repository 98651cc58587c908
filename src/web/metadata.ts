import type { Config } from '../config.ts'
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
