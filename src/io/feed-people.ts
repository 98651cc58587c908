import { childText, type FeedNode } from './feed-node.ts'
import { htmlToText, oneLine } from './html-text.ts'

/** The names of these people, or their addresses where there is no name; null where nobody is named. */
export function namesOf(people: FeedNode[]): string | null {
  const names = people.map((person) => childText(person, 'name', 'atom:name', 'email', 'atom:email') ?? person.text)
  const known = new Set(names.map((name) => nameIn(oneLine(htmlToText(name), 200))).filter((name) => name !== ''))
  return known.size ? oneLine([...known].join(', '), 300) : null
}

/** "email (Name)", "Name (email)", "Name <email>": the name. */
function nameIn(text: string): string {
  const bracketed = text.match(/^([^()<>]*)[(<]([^()<>]*)[)>]$/)
  if (!bracketed) return text
  const parts = [bracketed[1]!.trim(), bracketed[2]!.trim()]
  return parts.find((part) => part !== '' && !part.includes('@')) ?? parts.find((part) => part !== '') ?? ''
}
