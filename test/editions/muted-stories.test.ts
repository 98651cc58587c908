import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { composeDigests } from '../../src/editions/compose-digests.ts'
import { raiseAlerts } from '../../src/editions/raise-alerts.ts'
import { muteStory, peekMute } from '../../src/readers/mute.ts'
import { mailLinks } from '../../src/readers/rules/mail-links.ts'
import { consentsOf } from '../../src/readers/store/consents.ts'
import { mutesOf } from '../../src/readers/store/mutes.ts'
import { tidyUp } from '../../src/worker/tidy.ts'
import { john, olena } from '../support/people.ts'
import { join, readerOf } from '../support/readers.ts'
import { flight, guarantee, report, strike } from '../support/report.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'
import { fewer, higher, newsTo, welcomed } from './edit-mails.ts'

let app: TestApp
beforeEach(async () => {
  app = await openTestApp({ sink: true })
})
afterEach(() => app.close())

const jane = { ...john, email: 'jane@example.com' }
const onAll = { ...olena, email: john.email, cadence: 'alert' as const }

/** Reports claims two hours after the last ones and raises the alerts. */
async function alert(guid: string, ...claims: string[]): Promise<void> {
  app.clock.later({ hours: 2 })
  await report(app, guid, claims)
  await raiseAlerts(app)
}

/** The token of the link in the last alert to a reader. */
async function muteTokenOf({ email }: { email: string }): Promise<string> {
  const subscriber = await readerOf(app, email)
  const { id } = await app.db
    .selectFrom('deliveries')
    .select('id')
    .where('subscriber_id', '=', subscriber.id)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow()
  const { secretKeys: keys } = app.config
  return mailLinks({ keys, publicUrl: '', datedAt: app.now(), subscriber, deliveryId: id }).mute.slice('/m/'.length)
}

/** Mutes the story of the last alert to a reader that has these words in its headline. */
async function mute(reader: { email: string }, words: RegExp): Promise<void> {
  const token = await muteTokenOf(reader)
  const peeked = await peekMute(app, token)
  const stories = peeked.kind === 'open' ? peeked.stories : []
  const story = stories.find(({ headline }) => words.test(headline))
  expect(await muteStory(app, token, story!.takeaway)).toMatchObject({ kind: 'muted' })
}

describe('a muted story', () => {
  test('raises no alert for its reader, and goes on for the others', async () => {
    await join(app, john, jane)
    await alert('one', strike)
    await mute(john, /Drones/)
    await alert('two', higher)
    expect(await newsTo(app, john)).toHaveLength(1)
    expect(await newsTo(app, jane)).toHaveLength(2)
  })

  test('leaves the other stories of a mail', async () => {
    await join(app, john)
    await alert('one', strike, guarantee)
    await mute(john, /Drones/)
    await alert('two', higher, 'Missiles hit the oil refinery of Lorn, and nine tanks burned out.')
    const [, second, ...others] = await newsTo(app, john)
    expect(others).toEqual([])
    expect(second!.text).toContain('refinery of Lorn')
    expect(second!.text).not.toContain('substation')
  })

  test('is told by the digest of the same reader', async () => {
    await welcomed(app, john, { ...olena, email: john.email })
    await alert('one', strike)
    await mute(john, /Drones/)
    await alert('two', higher)
    app.clock.at('2026-11-24T05:00:00Z')
    await composeDigests(app)
    const [, digest, ...others] = await newsTo(app, john)
    expect(others).toEqual([])
    expect(digest!.kind).toBe('daily')
    expect(digest!.text).toContain(higher.slice(0, -1))
  })

  test('sends no correction either', async () => {
    await join(app, onAll)
    await alert('one', flight)
    await mute(onAll, /displaced/)
    await alert('one', fewer)
    expect(await newsTo(app, onAll)).toHaveLength(1)
  })

  test('skips an alert that waits for another attempt, unless it tells another story too', async () => {
    await join(app, john, jane)
    await alert('one', strike)
    await alert('two', higher)
    await mute(john, /Drones/)
    const { id } = await readerOf(app, john.email)
    const own = await app.db
      .selectFrom('deliveries')
      .select(['state', 'reason'])
      .where('subscriber_id', '=', id)
      .execute()
    expect(own).toEqual([
      { state: 'skipped', reason: 'muted' },
      { state: 'skipped', reason: 'muted' },
    ])
    await alert('three', guarantee, strike.replace('thirty', 'ninety'))
    await mute(jane, /Drones/)
    const left = await app.db.selectFrom('deliveries').select('subscriber_id').where('state', '=', 'due').execute()
    expect(left).toHaveLength(2)
  })

  test('counts for the story and its thread, and not for another reader of the same mail', async () => {
    await join(app, john, jane)
    await alert('one', strike)
    await mute(john, /Drones/)
    const { id } = await app.db.selectFrom('stories').select('id').limit(1).executeTakeFirstOrThrow()
    const moved = await app.db.insertInto('threads').defaultValues().returning('id').executeTakeFirstOrThrow()
    await app.db.updateTable('stories').set({ thread_id: moved.id }).where('id', '=', id).execute()
    await alert('two', higher)
    expect((await newsTo(app, john)).length).toBe(1)
    expect((await newsTo(app, jane)).length).toBe(2)
  })
})

describe('the link in an alert', () => {
  test('shows the stories of that mail, and changes nothing when it is opened', async () => {
    await join(app, john)
    await alert('one', strike, guarantee)
    const peeked = await peekMute(app, await muteTokenOf(john))
    expect(peeked).toMatchObject({ kind: 'open', address: 'j…@example.com', stories: [{}, {}] })
    expect(await mutesOf(app.db, (await readerOf(app, john.email)).id)).toEqual([])
  })

  test('mutes once, with a record of it', async () => {
    await join(app, john)
    await alert('one', strike)
    await mute(john, /Drones/)
    await mute(john, /Drones/)
    const { id } = await readerOf(app, john.email)
    const headline = 'Drones struck a substation near the river port and cut power to thirty thousand homes'
    expect(await mutesOf(app.db, id)).toMatchObject([{ headline }])
    const changes = (await consentsOf(app.db, id)).filter(({ kind }) => kind === 'changed')
    expect(changes.map(({ text, source }) => [text, source])).toEqual([
      [`Muted the alerts of the story “${headline}”.`, 'link'],
    ])
  })

  test('mutes no story of another mail', async () => {
    await join(app, john)
    await alert('one', strike)
    const token = await muteTokenOf(john)
    await alert('two', guarantee)
    const { takeaways } = await app.db
      .selectFrom('editions')
      .select('takeaways')
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirstOrThrow()
    expect(await muteStory(app, token, takeaways[0]!)).toEqual({ kind: 'invalid' })
  })

  test('goes with its reader', async () => {
    await join(app, john)
    await alert('one', strike)
    await mute(john, /Drones/)
    const { id } = await readerOf(app, john.email)
    await app.db.deleteFrom('deliveries').execute()
    await app.db.deleteFrom('subscribers').where('id', '=', id).execute()
    expect(await app.db.selectFrom('mutes').selectAll().execute()).toEqual([])
  })
})

describe('a mute whose thread has told nothing for four weeks', () => {
  const mutesLeft = async () => (await app.db.selectFrom('mutes').select('headline').execute()).length
  const later = (days: number) => app.clock.later({ hours: 24 * days })

  test('is deleted, and not before', async () => {
    await join(app, john)
    await alert('one', strike)
    await mute(john, /Drones/)
    later(20)
    await app.db.updateTable('story_claims').set({ at: app.now() }).execute()
    later(27)
    await tidyUp(app)
    expect(await mutesLeft()).toBe(1)
    later(2)
    await tidyUp(app)
    expect(await mutesLeft()).toBe(0)
  })
})
