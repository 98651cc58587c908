import { createHash, generateKeyPairSync, verify } from 'node:crypto'
import { expect, test } from 'vitest'
import { dkimSigner } from '../../src/delivery/message/dkim.ts'
import { createMessageTemplate } from '../../src/delivery/message/template.ts'

const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()

const draft = {
  from: 'Sitrep <sitrep@example.org>',
  subject: 'Два удари, and a  long subject '.repeat(4),
  automatic: false,
  html: '<p>@@unsubscribe@@  two  spaces</p>',
  text: 'One @@address@@ ',
  listId: 'Sitrep <sitrep.example.org>',
}
const recipient = {
  to: 'olena@example.org',
  messageId: '<1@example.org>',
  unsubscribe: 'https://example.org/u/abc',
  date: Temporal.Instant.from('2026-11-23T12:00:00Z'),
  values: () => 'https://example.org/u/abc',
}

/** Verifies a signature with c=relaxed/simple (RFC 6376 6.1), independently of the signer. */
function isSigned(wire: string): { body: boolean; signature: boolean; names: string[] } {
  const [head, ...rest] = wire.slice(0, -3).split('\r\n\r\n')
  const fields = head!.split(/\r\n(?![\t ])/)
  const signature = fields.find((line) => /^dkim-signature:/i.test(line))!
  const tags = Object.fromEntries(
    signature
      .slice(signature.indexOf(':') + 1)
      .split(';')
      .map((tag) => {
        const [, name, value] = /^\s*(\w+)=([\s\S]*)$/.exec(tag)!
        return [name!, value!.replace(/\s/g, '')]
      }),
  )
  const relax = (line: string) => {
    const [, name, value] = /^([^:]+):([\s\S]*)$/.exec(line)!
    return `${name!.trim().toLowerCase()}:${value!
      .replace(/\r\n/g, '')
      .replace(/[\t ]+/g, ' ')
      .trim()}`
  }
  const names = tags.h!.split(':')
  const signed = names.map((name) => relax(fields.find((line) => line.toLowerCase().startsWith(`${name}:`))!))
  const input = [...signed, relax(signature.replace(/(\bb=)[\s\S]*$/, '$1'))].join('\r\n')
  return {
    names,
    body: tags.bh === createHash('sha256').update(rest.join('\r\n\r\n'), 'latin1').digest('base64'),
    signature: verify('sha256', Buffer.from(input), publicKey, Buffer.from(tags.b!, 'base64')),
  }
}

test('the signature of a message verifies, and covers every header that receivers ask for', async () => {
  const template = createMessageTemplate(draft, dkimSigner({ domain: 'example.org', selector: 's1', privateKey: pem }))
  const wire = (await template.personalise(recipient)).toString('latin1')
  const found = isSigned(wire)
  expect(found).toMatchObject({ body: true, signature: true })
  const needed = ['from', 'to', 'subject', 'date', 'message-id', 'mime-version', 'content-type', 'list-id']
  expect(found.names).toEqual(expect.arrayContaining([...needed, 'list-unsubscribe', 'list-unsubscribe-post']))
  expect(isSigned(wire.replace('olena', 'alena')).signature).toBe(false)
  expect(isSigned(wire.replace('spaces', 'places')).body).toBe(false)
})

test('the signature does not cover a header for the relay, so the relay may remove it', async () => {
  const template = createMessageTemplate(draft, dkimSigner({ domain: 'example.org', selector: 's1', privateKey: pem }))
  const wire = (await template.personalise({ ...recipient, forRelay: ['X-PM-Metadata-delivery: b-1-0'] })).toString(
    'latin1',
  )
  expect(isSigned(wire)).toMatchObject({ body: true, signature: true })
  const relayed = wire.replace('X-PM-Metadata-delivery: b-1-0\r\n', '')
  expect(relayed).not.toBe(wire)
  expect(isSigned(relayed)).toMatchObject({ body: true, signature: true })
})
