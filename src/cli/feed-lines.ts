import { plural } from '../platform/text/plural.ts'

/** A feed in one line: its title and how many entries it has. */
export const feedHead = ({ title, entries }: { title: string; entries: number }): string =>
  `${title || '(no title)'}: ${plural(entries, 'entry', 'entries')}`

/** The day of an entry (2026-11-15), ten characters wide; `published` is an instant, or one in ISO 8601. */
export const entryDay = (published: Temporal.Instant | string | null | undefined): string =>
  published?.toString().slice(0, 10) ?? 'no date   '
