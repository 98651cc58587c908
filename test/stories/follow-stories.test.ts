import { afterEach, beforeEach, expect, test } from 'vitest'
import { placeClaims } from '../../src/stories/place-claims.ts'
import { depotBurns, plantHit, plantStops, read, tell } from '../support/tell.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'

let app: TestApp
beforeEach(async () => {
  app = await openTestApp()
})
afterEach(() => app.close())

const toll = (dead: string, feed: string) => ({
  feed,
  title: `${dead} people killed in Dara as missiles fall on Monday`,
  text: `The mayor of Dara counts ${dead.toLowerCase()} dead.`,
})

/** The claims of a report, with the titles of the reports of their stories and by what their topics were found. */
async function claimsOf(title: string) {
  return app.db
    .selectFrom('story_claims as c')
    .innerJoin('takeaways as t', 't.id', 'c.wording')
    .innerJoin('items as i', 'i.id', 't.item_id')
    .leftJoin('matches as m', 'm.takeaway_id', 'c.wording')
    .select(['c.wording', 'c.story_id', 'c.follows', 'm.topic', 'm.via'])
    .where('i.title', '=', title)
    .execute()
}

const openClaims = () => app.db.selectFrom('open_claims').selectAll().execute()

test('a toll on no topic follows the claim that it tells more of, and gets its topics', async () => {
  const five = toll('Five', 'post')
  await tell(app, plantHit, depotBurns, five)
  const [leader] = await claimsOf(plantHit.title)
  const [follower] = await claimsOf(five.title)
  expect(follower).toMatchObject({ story_id: leader?.story_id, via: 'story', topic: 'infrastructure-strikes' })
  expect(follower?.follows).not.toBeNull()
})

test('a follower goes where its leader goes, and the toll after it follows the same', async () => {
  const [five, six] = [toll('Five', 'post'), toll('Six', 'herald')]
  await tell(app, plantHit, five, six, plantStops)
  const claims = [
    ...(await claimsOf(five.title)),
    ...(await claimsOf(six.title)),
    ...(await claimsOf(plantStops.title)),
  ]
  expect(new Set(claims.map(({ story_id }) => story_id)).size).toBe(1)
  expect(claims.filter(({ follows }) => follows !== null)).toHaveLength(2)
})

test('what tells no figure, or of another place, follows nothing, and is tried once', async () => {
  const calm = {
    feed: 'post',
    title: 'Mayor of Dara speaks of missiles and of the dark',
    text: 'The mayor of Dara spoke.',
  }
  const elsewhere = {
    feed: 'herald',
    title: 'Five people killed in Petriv as bus falls into river',
    text: 'A bus fell into the river at Petriv.',
  }
  await tell(app, plantHit, calm, elsewhere)
  expect([...(await claimsOf(calm.title)), ...(await claimsOf(elsewhere.title))]).toEqual([])
  expect(await openClaims()).toEqual([])
})

test('a claim that waited for two days is old news and follows nothing', async () => {
  const five = toll('Five', 'post')
  await tell(app, plantHit)
  await read(app, five)
  app.clock.later({ hours: 49 })
  await placeClaims(app)
  expect(await claimsOf(five.title)).toEqual([])
  expect(await openClaims()).toEqual([])
})

test('a report of days ago that comes late keeps no other claim from following', async () => {
  const five = toll('Five', 'post')
  await tell(app, plantHit)
  await read(app, five)
  await read(app, depotBurns, app.now().subtract({ hours: 72 }))
  await placeClaims(app)
  expect(await claimsOf(five.title)).not.toEqual([])
})

test('claims that come together follow each other as if each had come alone', async () => {
  const [five, six] = [toll('Five', 'post'), toll('Six', 'herald')]
  await tell(app, plantHit)
  await read(app, five)
  await read(app, six)
  await placeClaims(app)
  const followers = [...(await claimsOf(five.title)), ...(await claimsOf(six.title))]
  const [leader] = await claimsOf(plantHit.title)
  expect(followers.map(({ story_id }) => story_id)).toEqual([leader?.story_id, leader?.story_id])
})
