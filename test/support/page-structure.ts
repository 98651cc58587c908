import { getElementsByTagName, textContent } from 'domutils'
import { parseDocument } from 'htmlparser2'

/** What a page tells browsers, search engines and screen readers about itself. */
export type PageStructure = {
  title: string
  mains: number
  /** The levels of its headings, in order. */
  headings: number[]
  description: string | undefined
  canonical: string | undefined
  /** Its Open Graph data, by name. */
  openGraph: Record<string, string>
}

export function structureOf(html: string): PageStructure {
  const page = parseDocument(html)
  const all = (name: string) => getElementsByTagName(name, page)
  const metas = all('meta').map(({ attribs }) => attribs)
  return {
    title: textContent(all('title')),
    mains: all('main').length,
    headings: [...html.matchAll(/<h([1-6])[ >]/g)].map(([, level]) => Number(level)),
    description: metas.find(({ name }) => name === 'description')?.content,
    canonical: all('link').find(({ attribs }) => attribs.rel === 'canonical')?.attribs.href,
    openGraph: Object.fromEntries(
      metas.flatMap(({ property, content }) => (property?.startsWith('og:') ? [[property, content ?? '']] : [])),
    ),
  }
}

/** The faults of a public page: no description, a heading that skips a level, two main landmarks. */
export function structureFaults(html: string, address: string): string[] {
  const { mains, headings, description = '', canonical, openGraph, title } = structureOf(html)
  const skips = headings.some((level, i) => level > (headings[i - 1] ?? 0) + 1)
  const faults = {
    'it has not one main landmark': mains !== 1,
    'it has not one first heading': headings.filter((level) => level === 1).length !== 1,
    'a heading skips a level': skips,
    'its description is empty or long': description.length < 40 || description.length > 200,
    [`its canonical address is ${canonical}`]: canonical !== address,
    'its Open Graph data lack something': ['og:title', 'og:description', 'og:type', 'og:url', 'og:site_name'].some(
      (name) => !openGraph[name],
    ),
    'its title is empty': title.replace(' · Sitrep', '').trim() === '',
  }
  return Object.entries(faults).flatMap(([fault, isThere]) => (isThere ? [fault] : []))
}
