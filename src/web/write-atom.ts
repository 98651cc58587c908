import { escapeHtml, xmlCharacters } from '../platform/text/escape-html.ts'
import type { PublicFeed, PublicFeedEntry } from './public-feed.ts'

/** Writes a feed as Atom (RFC 4287). Times are RFC 3339; what XML 1.0 does not allow is left out of texts. */
export function writeAtom({ title, description, address, page, updated, entries }: PublicFeed): string {
  return `${[
    '<?xml version="1.0" encoding="utf-8"?>',
    '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">',
    element('id', address),
    element('title', title),
    element('subtitle', description),
    element('updated', updated.toString({ smallestUnit: 'second' })),
    `<author>${element('name', 'Sitrep')}</author>`,
    element('generator', 'Sitrep'),
    link('self', 'application/atom+xml', address),
    link('alternate', 'text/html', page),
    ...entries.map(writeEntry),
    '</feed>',
  ].join('\n')}\n`
}

function writeEntry({ address, title, published, updated, summary, html, topics }: PublicFeedEntry): string {
  return [
    '<entry>',
    element('id', address),
    element('title', title),
    link('alternate', 'text/html', address),
    element('published', published.toString({ smallestUnit: 'second' })),
    element('updated', updated.toString({ smallestUnit: 'second' })),
    ...topics.map((topic) => `<category term="${escapeXml(topic)}"/>`),
    element('summary', summary),
    `<content type="html">${escapeXml(html)}</content>`,
    '</entry>',
  ].join('\n')
}

const element = (name: string, text: string): string => `<${name}>${escapeXml(text)}</${name}>`

const link = (rel: string, type: string, href: string): string =>
  `<link rel="${rel}" type="${type}" href="${escapeXml(href)}"/>`

/** Text as it may stand in XML, in an element or a quoted attribute. */
export const escapeXml = (text: string): string => escapeHtml(xmlCharacters(text))
