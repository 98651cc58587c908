import { afterAll, beforeAll, expect, test } from 'vitest'
import { composeDigests } from '../../src/editions/compose-digests.ts'
import { welcomeNewcomers } from '../../src/editions/welcome.ts'
import { requestLink } from '../../src/readers/preferences.ts'
import { retireTopic } from '../../src/readers/retire-topic.ts'
import { subscribe } from '../../src/readers/subscribe.ts'
import { publishTopics } from '../../src/reading/publish-topics.ts'
import { topicNames } from '../../src/reading/store/topics.ts'
import { pagesOf } from '../support/pages.ts'
import { john, mira, olena } from '../support/people.ts'
import { join, kindsTo, readerOf } from '../support/readers.ts'
import { flight, report } from '../support/report.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'

const petro = { ...mira, email: 'petro@example.org', cadence: 'weekly' as const }
const both = { ...mira, email: 'iryna@example.org', topics: ['displacement', 'security-guarantees'] }

let app: TestApp
beforeAll(async () => {
  app = await openTestApp()
  await join(app, olena, john, mira, both)
  await subscribe(app, petro, { source: '192.0.2.1', honeypot: '' })
})
afterAll(() => app.close())

const topicsOf = async (email: string) =>
  (await readerOf(app, email)).subscriptions.map(({ topics, state }) => [state, ...topics])
const mails = async (email: string) => {
  const rows = await app.db
    .selectFrom('deliveries')
    .innerJoin('editions', 'editions.id', 'deliveries.edition_id')
    .innerJoin('subscribers', 'subscribers.id', 'deliveries.subscriber_id')
    .select(['subject', 'editions.text', 'deliveries.state', 'subscription_id'])
    .where('email', '=', email)
    .where('subject', 'like', '%has ended')
    .orderBy('deliveries.id')
    .execute()
  return rows.map((row) => ({ ...row, text: row.text.replace(/\s+/g, ' ') }))
}

test('a retired topic is moved or taken out, and a subscription without any topic ends', async () => {
  const plan = retireTopic(app, 'displacement', { actor: 'cli', moveTo: 'displacement' })
  await expect(plan).rejects.toThrow('choose another topic')
  expect(await retireTopic(app, 'displacement', { actor: 'cli' })).toEqual({ changed: 2, ended: 1 })
  expect(await topicsOf(olena.email)).toEqual([['active', 'security-guarantees', 'infrastructure-strikes']])
  expect(await topicsOf(both.email)).toEqual([['active', 'security-guarantees']])
  expect(await topicsOf(mira.email)).toEqual([['ended', 'displacement']])
})

test('each reader of it is told by one mail, which leads to the preferences', async () => {
  const [told, ...others] = await mails(mira.email)
  expect(others).toEqual([])
  expect(told).toMatchObject({ subject: 'Displacement: this topic has ended', state: 'due', subscription_id: null })
  expect(told!.text).toContain('had no other topic and has ended')
  expect(told!.text).toContain('Open my preferences')
  expect((await mails(olena.email))[0]!.text).toContain('goes on with your other topics')
  expect(await mails(john.email)).toEqual([])
  expect((await readerOf(app, mira.email)).state).toBe('active')
})

test('who has not confirmed gets no mail about it', async () => {
  expect(await topicsOf(petro.email)).toEqual([['ended', 'displacement']])
  expect(await kindsTo(app, petro.email)).toEqual(['confirmation'])
})

test('the mail is no preferences link that the reader asked for, so that one can be had the same day', async () => {
  await requestLink(app, mira.email, { source: '192.0.2.1', honeypot: '' })
  expect((await kindsTo(app, mira.email)).filter((kind) => kind === 'link')).toHaveLength(2)
})

test('nobody is offered the topic, no report gets it, and its page stays', async () => {
  expect((await topicNames(app.db)).map(({ slug }) => slug)).not.toContain('displacement')
  await report(app, 'later', [flight])
  const found = await app.db.selectFrom('matches').select('id').where('topic', '=', 'displacement').execute()
  expect(found).toEqual([])
  const pages = pagesOf(app)
  expect(await (await pages.get('/')).text()).not.toContain('value="displacement"')
  const shown = await (await pages.get('/topics/displacement')).text()
  expect(shown).toContain('This topic is retired.')
  await expect(retireTopic(app, 'displacement', { actor: 'cli' })).rejects.toThrow('There is no topic "displacement"')
})

test('readers who are moved follow the other topic in the place of the first', async () => {
  const rule = { lists: {}, exclusions: [], none: [], signals: [{ weight: 0.6, find: 'harvest' }] }
  const harvests = { slug: 'harvests', name: 'Harvests', description: '', version: 1, threshold: 0.5, rule }
  await publishTopics(app, [harvests], 'cli')
  await retireTopic(app, 'infrastructure-strikes', { actor: 'cli', moveTo: 'harvests' })
  expect(await topicsOf(john.email)).toEqual([['active', 'harvests', 'security-guarantees']])
  expect((await mails(john.email))[0]!.text).toContain('goes on with Harvests')
  await retireTopic(app, 'harvests', { actor: 'cli', moveTo: 'security-guarantees' })
  expect(await topicsOf(john.email)).toEqual([['active', 'security-guarantees']])
})

test('a digest that is frozen already is still sent to a reader whose subscription ends', async () => {
  const lena = {
    ...mira,
    email: 'lena@example.org',
    topics: ['security-guarantees'],
    quietMail: true,
    zone: 'UTC',
    at: '13:00',
  }
  await join(app, lena)
  const rule = { lists: {}, exclusions: [], none: [], signals: [{ weight: 0.6, find: 'harvest' }] }
  await publishTopics(app, [{ slug: 'crops', name: 'Crops', description: '', version: 1, threshold: 0.5, rule }], 'cli')
  app.clock.later({ hours: 2 })
  await welcomeNewcomers(app)
  await composeDigests(app)
  const due = () =>
    app.db
      .selectFrom('deliveries')
      .innerJoin('editions', 'editions.id', 'deliveries.edition_id')
      .innerJoin('subscribers', 'subscribers.id', 'deliveries.subscriber_id')
      .select(['subscription_id', 'html', 'deliveries.state'])
      .where('email', '=', lena.email)
      .where('kind', 'in', ['daily', 'welcome'])
      .execute()
  const [before] = await due()
  expect(before!.subscription_id).not.toBeNull()
  await retireTopic(app, 'security-guarantees', { actor: 'cli' })
  expect((await due())[0]).toEqual({ ...before, subscription_id: null })
})

test('the last topic cannot be retired', async () => {
  await expect(retireTopic(app, 'crops', { actor: 'cli' })).rejects.toThrow('is the only topic')
})
