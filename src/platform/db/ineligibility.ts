import { type RawBuilder, sql } from 'kysely'

/**
 * Why a delivery `d` may not go out, or null: one expression for the guard, for the reason that is recorded and for plans. `kind` is
 * that of its edition, and `hash` the one under which its address would stand among the suppressions. That a reader has left on
 * the preferences page is told to them, and who has left may ask for the link to what is kept; `dated_at` has whole seconds.
 */
export const ineligibilityOf = (kind: RawBuilder<unknown>, hash: RawBuilder<unknown>): RawBuilder<string | null> =>
  sql<string | null>`(select case
    when p.erased_at is not null then 'erased'
    when exists (select 1 from suppressions x where x.hash = ${hash}) then 'suppressed'
    when ${kind} = 'confirmation' then
      case when not exists (select 1 from subscriptions s where s.subscriber_id = p.id and s.state = 'pending')
        then 'nothing to confirm' end
    when ${kind} in ('change', 'link') then
      case when p.gone_at > d.dated_at + interval '1 second' then 'unsubscribed' end
    when p.state <> 'active' then 'unsubscribed'
    when exists (select 1 from subscriptions s
      where s.id = d.subscription_id and s.state <> 'active') then 'unsubscribed' end
  from subscribers p where p.id = d.subscriber_id)`
