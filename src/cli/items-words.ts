import type { KeptBack, MailsOfItem } from '../editions/store/withheld-items.ts'
import type { Released } from '../editions/withhold-item.ts'
import type { Withheld } from '../platform/db/tables/feeds.ts'
import { plural } from '../platform/text/plural.ts'

/** An item that an admin named; with `dryRun` nothing was changed. */
type Named = { item: number; dryRun?: boolean | undefined }

/** So many editions are named. */
const maxEditions = 5

/** What a hold or a withdrawal kept back, or would keep back. */
export function withheldWords(
  { item, dryRun }: Named,
  as: Withheld,
  { mails, readers, editions, again }: KeptBack,
): string {
  const was = mails === 1 ? 'was' : 'were'
  const more = editions.length - maxEditions
  const named = `${editions.slice(0, maxEditions).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
  const kept = `${plural(mails, 'mail')} with it to ${plural(readers, 'reader')} ${dryRun ? 'would be' : was} kept back`
  const rest = `${plural(again, 'reader')} ${dryRun ? 'would' : 'will'} get the rest in another mail.`
  return [
    `Item ${item} ${dryRun ? 'would be' : 'is'} ${as}.`,
    mails > 0 ? `${kept}, of ${plural(editions.length, 'edition')}: ${named}.` : 'No mail with it waits to be sent.',
    ...(again > 0 ? [rest] : []),
  ].join(' ')
}

/** Which mails tell an item after its release. */
const told: Record<MailsOfItem, string> = {
  alert: 'Readers who missed it get it with their next alert or digest.',
  digest: 'Readers who missed it get it with their next digest. It raises no alert.',
  old: 'No mail tells it: it was old when Sitrep first saw it. Its page is public again.',
  'no match': 'No mail tells it: nothing in it is on a topic. Its page is public again.',
}

/** What a release brings, or would bring. */
export function releasedWords({ item, dryRun }: Named, { by, readers }: Released & { kind: 'done' }): string {
  const is = `Item ${item} ${dryRun ? 'would be' : 'is'} released.`
  if (readers === null || by === 'old' || by === 'no match') return `${is} ${told[by]}`
  if (readers === 0) return `${is} No reader would get it in a mail: all who want it were told it.`
  const how = by === 'alert' ? 'with the next alert or digest' : 'with the next digest, and by no alert'
  return `${is} ${plural(readers, 'reader')} who missed it would get it ${how}.`
}
