import { afterAll, describe, expect, test } from 'vitest'
import { findFeedById } from '../../src/feeds/store/feeds.ts'
import { openFeedAdmin } from '../support/feed-admin.ts'
import { holdFeed } from '../support/feeds.ts'

const { app, read, press, doneBy } = await openFeedAdmin()
afterAll(() => app.close())

describe('a feed that is held', () => {
  const waiting = (id: number) =>
    app.db
      .selectFrom('revisions')
      .innerJoin('items', 'items.id', 'item_id')
      .select(['state', 'items.backfill', 'n'])
      .where('feed_id', '=', id)
      .where('revisions.title', 'like', 'Report sudden%')
      .execute()
  const newestOn = (page: string) => Number(/name="newest" value="(\d+)"/.exec(page)![1])

  test('shows since when and why, which reports, and what each decision would do', async () => {
    const id = await holdFeed(app, '/held.xml')
    const page = await read(`/admin/feeds/${id}`)
    expect(page).toContain('25 entries wait for your decision')
    expect(page).toContain('The feed has been held since Mon 23 Nov 2026, 12:00 UTC.')
    expect(page).toContain('This feed is held: 25 of 26 entries are new in one poll.')
    expect(page).toContain('25 new entries may be mailed as news.')
    expect(page).not.toContain('edit of a known item')
    expect(page).toContain('Other entries are read and mailed as usual.')
    expect(page).toContain('Report sudden24')
    expect(await read('/admin/feeds')).toContain(`href="/admin/feeds/${id}#held"`)
  })

  test.each([
    ['accept', false],
    ['skip', true],
  ])('continues after %s, which a second press does not repeat', async (decision, backfill) => {
    const id = await holdFeed(app, `/${decision}.xml`)
    const newest = newestOn(await read(`/admin/feeds/${id}`))
    const answer = await press(id, 'held', { decision, newest })
    expect(answer.headers.get('location')).toBe(`/admin/feeds/${id}?done=${decision}`)
    const released = await waiting(id)
    expect(released).toHaveLength(25)
    expect(released.every((one) => one.state === 'unread' && one.backfill === backfill)).toBe(true)
    const again = await press(id, 'held', { decision: 'skip', newest })
    expect([again.status, await again.text()]).toEqual([422, expect.stringContaining('is not held')])
    expect(await doneBy(id)).toEqual([`${decision} new entries feed:${id}`])
  })

  test('is not decided about unseen reports: those that came after the list must be seen first', async () => {
    const id = await holdFeed(app, '/more.xml')
    const newest = newestOn(await read(`/admin/feeds/${id}`))
    const answer = await press(id, 'held', { decision: 'accept', newest: newest - 1 })
    expect([answer.status, await answer.text()]).toEqual([422, expect.stringContaining('New entries arrived.')])
    for (const fields of [{ decision: 'burn', newest }, { decision: 'accept' }, { decision: 'accept', newest: 'x' }])
      expect((await press(id, 'held', fields)).status).toBe(422)
    expect((await waiting(id)).every((one) => one.state === 'held')).toBe(true)
    expect(await doneBy(id)).toEqual([])
  })

  test('and removed is held again when polling resumes', async () => {
    const id = await holdFeed(app, '/kept.xml')
    await press(id, 'remove')
    await press(id, 'resume')
    expect((await findFeedById(app.db, id))!.state).toBe('held')
  })
})
