import type { DeliveryRow } from '../../../delivery/store/deliveries.ts'
import { publicKinds } from '../../../editions/rules/edition-kind.ts'
import type { Edition } from '../../../editions/store/editions.ts'
import { kindName } from '../../edition-kind-name.ts'
import { deliveryView } from './delivery-view.ts'

/** The form that settles what ended unknown of one edition: `count` of all, and the first of them to choose one. */
export function heldView(
  edition: Pick<Edition, 'slug' | 'kind' | 'subject'>,
  count: number,
  rows: DeliveryRow[],
  now: Temporal.Instant,
  sent: { reason: string; problem: string | null } = { reason: '', problem: null },
) {
  const { slug, kind, subject } = edition
  const isLetter = !publicKinds.includes(kind)
  return {
    slug,
    subject,
    kind: kindName(kind),
    isLetter,
    count,
    ...sent,
    rows: rows.map((row) => deliveryView(row, now)),
  }
}
