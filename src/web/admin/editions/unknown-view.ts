import type { DeliveryRow } from '../../../delivery/store/delivery-views.ts'
import { publicKinds } from '../../../editions/store/edition-views.ts'
import type { Edition } from '../../../editions/store/editions.ts'
import { kindName } from '../../edition-kind-name.ts'
import { deliveryView } from './delivery-view.ts'

/** The form that settles what ended unknown of one edition: `count` of all, and the first of them to choose one. */
export function unknownView(
  edition: Pick<Edition, 'slug' | 'kind' | 'subject'>,
  count: number,
  rows: DeliveryRow[],
  now: Temporal.Instant,
  sent: { reason: string; problem: string | null } = { reason: '', problem: null },
) {
  const { slug, kind, subject } = edition
  return {
    slug,
    subject,
    kind: kindName(kind),
    isPublic: publicKinds.includes(kind),
    count,
    ...sent,
    rows: rows.map((row) => deliveryView(row, now)),
  }
}
