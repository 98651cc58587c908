import { boundedLine, htmlToText } from '../../platform/text/html-to-text.ts'
import { childText, type FeedNode } from './feed-node.ts'

/** The names of the first of these groups that has any, else the mail addresses of the first that has those. */
export function firstNamed(...groups: FeedNode[][]): string | null {
  let addresses: string | null = null
  for (const people of groups) {
    const names = people.length ? namesOf(people) : null
    if (names && !isAddress.test(names)) return names
    addresses ??= names
  }
  return addresses
}

/** The names of these people, or their mail addresses where there is no name; null where there is neither. */
export function namesOf(people: FeedNode[]): string | null {
  const names = people.slice(0, maxPeople).map((person) => nameIn(boundedLine(writtenName(person), 200)))
  const distinct = new Set(names.filter((name) => name !== ''))
  return distinct.size ? [...distinct].join(', ') : null
}

const maxPeople = 50
const isAddress = /^[^\s@]+@[^\s@]+$/

function writtenName(person: FeedNode): string {
  const part = childText(person, 'name', 'atom:name', 'itunes:name', 'foaf:name', 'email', 'atom:email', 'itunes:email')
  return part ?? (person.markup === null || /@/.test(person.text) ? person.text : htmlToText(person.markup))
}

/** The name in "email (Name)", "Name (email)" or "Name <email>". */
function nameIn(text: string): string {
  const words = text.split(' ')
  const address = words.map((word) => unwrapped(word).replace(/^mailto:/i, '')).find((word) => isAddress.test(word))
  if (!address) return boundedLine(htmlToText(text))
  const rest = words.filter((word) => !word.includes(address)).join(' ')
  return boundedLine(htmlToText(unwrapped(rest))) || address
}

const wrappers = new Set(['()', '<>', '[]', '""', "''"])

/**
 * The text without brackets or quotes around the whole, and without punctuation that separates a name from an address.
 */
function unwrapped(text: string): string {
  let inner = text.trim()
  if (/^[,;:-]|[,;:-]$/.test(inner))
    inner = inner
      .replace(/^[,;:-]/, '')
      .replace(/[,;:-]$/, '')
      .trim()
  const isWrapped = inner.length > 1 && wrappers.has(`${inner[0]}${inner.at(-1)}`)
  return isWrapped ? unwrapped(inner.slice(1, -1)) : inner
}
