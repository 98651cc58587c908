import { boundedLine, htmlToText } from '../../platform/text/html-to-text.ts'
import { childText, type FeedNode } from './feed-node.ts'

const mostPeople = 50

/** The names of these people, or their addresses where there is no name; null where nobody is named. */
export function namesOf(people: FeedNode[]): string | null {
  const names = people.slice(0, mostPeople).map((person) => nameIn(boundedLine(writtenName(person), 200)))
  const known = new Set(names.filter((name) => name !== ''))
  return known.size ? [...known].join(', ') : null
}

/** The first of these groups that gives a name, else the first that gives a mail address. */
export function firstNamed(...groups: FeedNode[][]): string | null {
  let address: string | null = null
  for (const people of groups) {
    const names = people.length ? namesOf(people) : null
    if (names && !isAddress.test(names)) return names
    address ??= names
  }
  return address
}

const isAddress = /^[^\s@]+@[^\s@]+$/

function writtenName(person: FeedNode): string {
  const part = childText(person, 'name', 'atom:name', 'itunes:name', 'foaf:name', 'email', 'atom:email', 'itunes:email')
  return part ?? (person.markup === null || /@/.test(person.text) ? person.text : htmlToText(person.markup))
}

/** "email (Name)", "Name (email)", "Name <email>": the name. */
function nameIn(text: string): string {
  const words = text.split(' ')
  const address = words.map((word) => bare(word).replace(/^mailto:/i, '')).find((word) => isAddress.test(word))
  if (!address) return boundedLine(htmlToText(text))
  const rest = words.filter((word) => !word.includes(address)).join(' ')
  return boundedLine(htmlToText(bare(rest))) || address
}

const pairs = new Set(['()', '<>', '[]', '""', "''"])

/** Without brackets or quotes around the whole, and without what parts a name from an address. */
function bare(text: string): string {
  let inner = text.trim()
  if (/^[,;:-]|[,;:-]$/.test(inner))
    inner = inner
      .replace(/^[,;:-]/, '')
      .replace(/[,;:-]$/, '')
      .trim()
  return inner.length > 1 && pairs.has(inner[0]! + inner.at(-1)!) ? bare(inner.slice(1, -1)) : inner
}
