import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { examine } from '../../src/admin/doctor/examine.ts'
import { readConfig } from '../../src/config.ts'
import { senderOf } from '../../src/editions/publish.ts'
import { probeRedis } from '../../src/platform/redis/probe.ts'
import { lifetimes } from '../../src/readers/rules/lifetimes.ts'
import { subscribe } from '../../src/readers/subscribe.ts'
import { tidyUp } from '../../src/worker/tidy.ts'
import { renderAlert, renderConfirmation, renderDigest, renderLink } from '../editions/mails.ts'
import { matchedTakeaway } from '../editions/matched-takeaways.ts'
import { pagesOf } from '../support/pages.ts'
import { network, olena } from '../support/people.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'

let app: TestApp
beforeAll(async () => {
  app = await openTestApp({
    env: { OPERATOR_NAME: 'Relief & News', POSTAL_ADDRESS: '1 Quay', CONTACT: 'data@relief.example' },
  })
})
afterAll(() => app.close())

describe('the page on privacy', () => {
  test('says who runs this, what is kept and for how long, and whom to ask', async () => {
    const page = await (await pagesOf(app).get('/privacy')).text()
    for (const words of ['Relief &amp; News', '1 Quay', 'data@relief.example', 'never confirmed', '30 days after']) {
      expect(page).toContain(words)
    }
  })

  test('names the time after which an unconfirmed address is forgotten, which is the one that the program keeps', async () => {
    await subscribe(app, olena, network)
    const emails = async () =>
      (await app.db.selectFrom('subscribers').select('email').execute()).map(({ email }) => email)
    app.clock.later(lifetimes.unconfirmed.subtract({ hours: 1 }))
    await tidyUp(app)
    expect(await emails()).toEqual([olena.email])
    app.clock.later({ hours: 2 })
    await tidyUp(app)
    expect(await emails()).not.toContain(olena.email)
  })

  test('is linked where people sign up, and at the foot of every page', async () => {
    for (const path of ['/', '/preferences', '/editions', '/nowhere']) {
      expect(await (await pagesOf(app).get(path)).text()).toContain('<a href="/privacy">Privacy</a>')
    }
    expect(await (await pagesOf(app).get('/')).text()).toContain('<a href="/privacy">What we keep of you</a>')
  })

  test('is linked at the foot of every mail, in both parts', async () => {
    const mails = [
      renderDigest([matchedTakeaway({})]),
      renderAlert([matchedTakeaway({})]),
      renderConfirmation(),
      renderLink(),
    ]
    for (const { html, text } of await Promise.all(mails)) {
      expect(html).toContain('href="https://sitrep.example.org/privacy"')
      expect(text).toContain('Privacy: https://sitrep.example.org/privacy')
    }
  })

  test('gives way to a page of the operator, which must be encrypted', async () => {
    const own = await openTestApp({ env: { PRIVACY_URL: 'https://relief.example/data' } })
    const answer = await pagesOf(own).get('/privacy')
    expect([answer.status, answer.headers.get('location')]).toEqual([302, 'https://relief.example/data'])
    expect(await (await pagesOf(own).get('/')).text()).toContain('<a href="https://relief.example/data">Privacy</a>')
    expect(senderOf(own).brand.privacyUrl).toBe('https://relief.example/data')
    await own.close()
    expect(() => readConfig({ PRIVACY_URL: 'http://relief.example/data' })).toThrow(/^PRIVACY_URL must/)
  })

  test('is missed by the doctor where production does not say who runs it, and production starts all the same', async () => {
    const checkOf = async (production: boolean, operatorName?: string) => {
      const config = { ...app.config, production, operatorName }
      const checks = await examine({ ...app, config }, { probeRedis })
      return checks.find(({ what }) => what === 'privacy')
    }
    expect(await checkOf(true)).toMatchObject({
      kind: 'warning',
      say: expect.stringContaining('OPERATOR_NAME is not set'),
    })
    expect(await checkOf(true, 'Relief')).toMatchObject({ kind: 'ok' })
    expect(await checkOf(false)).toMatchObject({ kind: 'ok' })
  })
})
