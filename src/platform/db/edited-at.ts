import { sql } from 'kysely'

/**
 * When an edit of its report brought the words of a takeaway `t`; null for words that the report began with. Each edit makes a
 * new row for words that it keeps, so the first row of the wording counts.
 */
export const editedAt = sql`(
  select r.saved_at from takeaways began join revisions r on r.id = began.revision_id where began.id = t.wording and r.n > 1)`
