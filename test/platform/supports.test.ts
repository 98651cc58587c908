import { connect } from 'node:net'
import nodemailer from 'nodemailer'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { describeWithChromium, launchChromium } from '../support/chromium.ts'
import { describeWithRedis, startRedis } from '../support/redis.ts'
import { type SmtpSink, startSmtpSink } from '../support/smtp-server.ts'

describe('the mail sink', () => {
  let sink: SmtpSink
  beforeAll(async () => {
    sink = await startSmtpSink()
  })
  afterAll(() => sink.close())
  const send = (to: string) =>
    nodemailer.createTransport(sink.url).sendMail({ from: 'desk@example.org', to, subject: 'Hello', text: 'Body' })

  test('keeps mails, parsed and raw', async () => {
    await send('kyiv@example.org')
    const [message] = await sink.waitFor(1)
    expect(message).toMatchObject({ from: 'desk@example.org', to: ['kyiv@example.org'] })
    expect(message?.parsed.subject).toBe('Hello')
    expect(message?.raw).toContain('Subject: Hello')
  })

  test('refuses a recipient as the test says', async () => {
    sink.onRecipient = () => ({ code: 550, text: '5.1.1 No such user' })
    await expect(send('nobody@example.org')).rejects.toMatchObject({ responseCode: 550 })
    sink.onRecipient = () => undefined
  })

  test.each([
    ['lost', 0],
    ['lost-reply', 1],
  ] as const)('%s: the connection breaks after the dot, and %d mails were taken', async (answer, taken) => {
    const before = sink.messages.length
    sink.onMessage = () => answer
    await expect(send('kyiv@example.org')).rejects.toMatchObject({ code: expect.any(String) })
    expect(sink.messages.length - before).toBe(taken)
    sink.onMessage = () => undefined
  })
})

describeWithRedis('the test Redis', () => {
  test('keeps its data over a restart, and does not answer once it is killed', async () => {
    const redis = await startRedis()
    expect(await ask(redis.url, 'SET colour blue')).toBe('+OK')
    await redis.restart()
    expect(await ask(redis.url, 'GET colour')).toBe('$4')
    await redis.kill()
    await expect(ask(redis.url, 'PING')).rejects.toThrow('ECONNREFUSED')
    await redis.close()
  })
})

describeWithChromium('the test browser', () => {
  test('shows a page', async () => {
    const browser = await launchChromium()
    const page = await browser.newPage()
    await page.setContent('<h1>Hello</h1>')
    expect(await page.textContent('h1')).toBe('Hello')
    await browser.close()
  })
})

/** One command, and the first line of the answer. */
function ask(url: string, command: string): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  const socket = connect(Number(new URL(url).port), '127.0.0.1', () => socket.write(`${command}\r\n`))
  socket.once('error', reject).once('data', (bytes) => {
    resolve(bytes.toString().split('\r\n')[0]!)
    socket.destroy()
  })
  return promise
}
