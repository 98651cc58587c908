import { type Kysely, sql } from 'kysely'

/**
 * Adds what edits need. Takeaways know which ones they continue (one that continues none begins
 * a lineage), and whether the newest revision still holds them. The
 * changes of takeaways have positions as matches do. Editions know which takeaways they corrected.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `alter table takeaways add column lineage bigint, add column wording bigint,
    add column current boolean not null default true`,
  `with recursive line as (
      select id, id as first from takeaways where carried_from is null
      union all select t.id, line.first from takeaways t join line on t.carried_from = line.id)
    update takeaways set lineage = line.first, wording = line.first from line where line.id = takeaways.id`,
  `update takeaways t set current = false from revisions r where r.id = t.revision_id and exists (
    select 1 from revisions newer where newer.item_id = r.item_id and newer.n > r.n and newer.state = 'read')`,
  'alter table takeaways alter column lineage set not null, alter column wording set not null',
  `create function begin_lineage() returns trigger language plpgsql as $$
    begin
      new.lineage := coalesce(new.lineage, new.id);
      new.wording := coalesce(new.wording, new.id);
      return new;
    end $$`,
  `create trigger begin_lineage before insert on takeaways for each row execute function begin_lineage()`,
  'create index takeaways_lineage on takeaways (lineage)',
  'create index takeaways_wording on takeaways (wording)',

  `alter table revisions add column news_at timestamptz, add column skipped boolean not null default false`,
  'alter table matches add column alert_at timestamptz',
  'create index matches_alert on matches (feed_id, alert_at) where alert_at is not null',

  `create table takeaway_changes (
    id bigint generated always as identity primary key,
    lineage bigint not null,
    item_id bigint not null references items on delete cascade,
    feed_id bigint not null references feeds on delete cascade,
    at timestamptz not null,
    alert_at timestamptz,
    position bigint unique)`,
  'create index takeaway_changes_unnumbered on takeaway_changes (id) where position is null',
  'create index takeaway_changes_lineage on takeaway_changes (lineage)',
  'create index takeaway_changes_item on takeaway_changes (item_id)',
  'create index takeaway_changes_alert on takeaway_changes (feed_id, alert_at) where alert_at is not null',

  `alter table windows add column corrected bigint[] not null default '{}'`,
  `alter table editions add column corrected bigint[] not null default '{}'`,
  'create index editions_takeaways on editions using gin (takeaways)',
  `create index editions_corrected on editions using gin (corrected) where corrected <> '{}'`,
  `create table alert_corrections (
    feed_id bigint not null references feeds on delete cascade,
    subscription_id bigint not null references subscriptions on delete cascade,
    takeaways bigint[] not null,
    primary key (feed_id, subscription_id))`,
]
