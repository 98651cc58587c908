import type { Tx } from '../platform/db/db.ts'
import { compareTakeaways } from './rules/edits/compare-takeaways.ts'
import { compareTitles } from './rules/edits/compare-texts.ts'
import { alertMoment, newsPeriod } from './rules/edits/edit-limits.ts'
import { newPlace, type Place, type Placement, placeTakeaways } from './rules/edits/place-takeaways.ts'
import type { Takeaway } from './rules/types.ts'
import { type EarlierReading, earlierReading, lockItem, recordNews, saveEnding } from './store/edits.ts'
import type { Unread } from './store/revisions.ts'
import { saveTakeaways } from './store/takeaways.ts'

/** A revision with what was read in it. */
type ReadRevision = Unread & { text: string; takeaways: Takeaway[] }

/**
 * Saves the takeaways of a revision in the transaction that saves its text. Of an edit, only what is new or changed is
 * news; what the report no longer holds is never mailed again. Returns how many takeaways are news.
 */
export async function saveReading(tx: Tx, revision: ReadRevision, now: Temporal.Instant): Promise<{ news: number }> {
  const { id, item_id: item, feed_id: feed, n, language, late } = revision
  await lockItem(tx, item)
  const earlier = await earlierReading(tx, { item, n, since: now.subtract(newsPeriod) })
  const { places, ...ending } = placementOf(revision, earlier)
  const alertAt = n > 1 ? alertMoment(now, earlier.newsAt) : now
  const waits = Temporal.Instant.compare(alertAt, now) > 0
  const takeaways = revision.takeaways.map((takeaway, index) => ({ ...takeaway, place: places[index]! }))
  const changes = await saveEnding(tx, { ...ending, item, feed, now, alertAt })
  await saveTakeaways(
    tx,
    {
      revision: id,
      item,
      feed,
      language,
      current: !earlier.isOutdated,
      alertAt: late ? 'never' : waits ? alertAt : null,
    },
    takeaways,
  )
  const news = takeaways.filter(({ place, topics }) => place.origin === 'live' && topics.length > 0).length
  if (n > 1 && !waits && news + changes > 0) await recordNews(tx, id, now)
  return { news }
}

function placementOf(revision: ReadRevision, { last, isOutdated, takeaways: earlier }: EarlierReading): Placement {
  const { title, text } = revision
  const takeaways = revision.takeaways.map((takeaway) => ({
    text: takeaway.text,
    quote: takeaway.evidence[0]?.quote ?? '',
  }))
  const all = (place: Place) => ({ places: takeaways.map(() => place), ended: [], changed: [], gone: [] })
  if (isOutdated || (revision.skipped && !last)) return all(newPlace('edit'))
  if (!last) return all(newPlace(revision.backfill ? 'backfill' : 'live'))
  const edit = compareTakeaways({ ...last, takeaways: earlier }, { title, text, takeaways })
  const placement = placeTakeaways(edit, earlier, compareTitles(last.title, title) !== undefined)
  return revision.skipped ? withoutNews(placement) : placement
}

/** An edit that an admin skipped ends what it replaces, and brings nothing. */
function withoutNews(placement: Placement): Placement {
  const places = placement.places.map((place): Place => ({ ...place, origin: 'edit' }))
  return { ...placement, places, changed: [], gone: [...placement.gone, ...placement.changed] }
}
