import { createHash } from 'node:crypto'
import type { EditionKind } from '../../platform/db/tables/editions.ts'
import type { SubscriptionFilter } from '../../platform/db/tables/readers.ts'

/** Everything that distinguishes one edition from another; nothing in it belongs to a single reader. */
export type EditionFacts = {
  kind: EditionKind
  /** What caused the edition: a digest's slot, an alert's feed, a welcome's schedule, a reader's request. */
  trigger: string
  /** Where the positions end that it tells of; what it tells of them are its takeaways. */
  window: string
  filter: SubscriptionFilter
  /** So many minutes a digest may take to read; null for all of it, and for mails that no reader shortens. */
  minutes?: number | null
  language: string
  template: string
  rules: string[]
  takeaways: number[]
  /** The earlier editions by which it knows what is new to its readers. */
  told: number[]
  /** The takeaways of earlier mails that it corrects; not given when there are none. */
  corrected?: number[]
  /** The notes of admins on what it tells; not given when there are none. */
  noted?: number[]
  /** The zone of an alert's times; a digest's trigger names its own. */
  zone?: string
  /** What a digest makes up for; not given when there is nothing. */
  catchUp?: object
  /** What the mail says of itself, such as that it waited; not given when there is nothing to say. */
  notice?: string
}

/** The content address of an edition: 32 hexadecimal digits. The order of the properties is part of it. */
export function editionKey(facts: EditionFacts): string {
  return createHash('sha256').update(JSON.stringify(facts)).digest('hex').slice(0, 32)
}

/** The name of the web copy: readable, and not to be guessed from another edition's. */
export function editionSlug(kind: EditionKind, date: string, key: string): string {
  return `${date}-${kind}-${key.slice(0, 12)}`
}

/** The rules that topics were matched by: `infrastructure-strikes@3`. */
export function ruleVersions(topics: { slug: string; version: number }[]): string[] {
  return topics.map(({ slug, version }) => `${slug}@${version}`)
}

/** The kinds that anybody may read on the web. The others are personal: a confirmation mail or a preferences link. */
export const publicKinds: readonly EditionKind[] = ['alert', 'daily', 'weekly', 'welcome', 'correction']

/** Whether mail of a kind is for one reader: it belongs to no list, and has nothing to unsubscribe from. */
export const isPersonal = (kind: EditionKind): boolean => !publicKinds.includes(kind)

/** The priority of a kind's deliveries; the smallest number leaves first, so no confirmation waits behind a large digest. */
export function priorityOf(kind: EditionKind): number {
  if (isPersonal(kind)) return 0
  if (kind === 'alert') return 2
  return kind === 'correction' ? 3 : 5
}
