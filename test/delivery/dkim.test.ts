import { createHash, generateKeyPairSync, verify } from 'node:crypto'
import { expect, test } from 'vitest'
import { dkimSigner } from '../../src/delivery/message/dkim.ts'
import { createMessageTemplate } from '../../src/delivery/message/template.ts'

const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()

const draft = {
  from: 'Sitrep <sitrep@example.org>',
  subject: 'Два удари, and a  long subject '.repeat(4),
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
  // A name stands for the last header that no name before it stands for, and for nothing where there is none (5.4.2).
  const left = fields.toReversed()
  const signed = names.flatMap((name) => {
    const at = left.findIndex((line) => line.toLowerCase().startsWith(`${name}:`))
    return at < 0 ? [] : left.splice(at, 1).map(relax)
  })
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

test('a second header of those that people see breaks the signature, and refolding or headers on top do not', async () => {
  const template = createMessageTemplate(draft, dkimSigner({ domain: 'example.org', selector: 's1', privateKey: pem }))
  const wire = (await template.personalise(recipient)).toString('latin1')
  const added = [
    'From: Desk <desk@evil.example>',
    'Subject: Other',
    'To: other@example.org',
    'Date: Mon, 1 Jan 2026 00:00:00 +0000',
  ]
  const absent = ['Reply-To: desk@evil.example', 'Cc: other@example.org', 'List-Unsubscribe: <https://evil.example>']
  for (const line of [...added, ...absent]) {
    expect(isSigned(`${line}\r\n${wire}`).signature).toBe(false)
    expect(isSigned(wire.replace('MIME-Version', `${line}\r\nMIME-Version`)).signature).toBe(false)
  }
  const onTop = `Received: from a.example\r\nARC-Seal: i=1; a=rsa-sha256\r\n${wire}`
  const refolded = onTop
    .replace(/^Subject: (\S+)\r\n /m, 'SUBJECT:  $1\r\n\t ')
    .replace('List-Unsubscribe: ', 'list-unsubscribe:\r\n ')
  expect(refolded).not.toBe(onTop)
  expect(isSigned(refolded)).toMatchObject({ body: true, signature: true })
})
