import type { DeliveryRow } from '../../../delivery/store/delivery-views.ts'
import { formatUtc } from '../../../platform/text/format-instant.ts'
import { formatRelativeTime } from '../../../platform/text/format-relative-time.ts'
import { kindName } from '../../edition-kind-name.ts'

/** A row of the ledger as the tables of the admin pages show it. */
export function deliveryView(delivery: DeliveryRow, now: Temporal.Instant) {
  const { state, due_at, reason, reply } = delivery
  const next = due_at && ['due', 'deferred'].includes(state) ? `next try ${formatRelativeTime(due_at, now)}` : undefined
  return {
    ...{ id: delivery.id, email: delivery.email, reader: delivery.subscriber_id, state, attempts: delivery.attempts },
    ...{ slug: delivery.slug, subject: delivery.subject, kind: kindName(delivery.kind), sending: delivery.sending },
    why: [reason, next, reply].filter(Boolean).join(' · '),
    messageId: delivery.message_id,
    at: formatUtc(delivery.at),
  }
}
