import { createSocket } from 'node:dgram'

/** Records by `NAME TYPE`, such as `example.org MX`: texts, `10 mx.example.org`, addresses or names. */
export type Records = Record<string, string[]>

/** A DNS server on loopback that knows these records and no other, or that says nothing (RFC 1035, section 4). */
export type DnsServer = {
  address: string
  records: Records
  /** Names that get an error (SERVFAIL) instead of an answer. */
  broken: Set<string>
  close(): Promise<void>
}

const types: Record<number, string> = { 1: 'A', 12: 'PTR', 15: 'MX', 16: 'TXT', 28: 'AAAA' }

export async function startDnsServer(records: Records, { silent = false } = {}): Promise<DnsServer> {
  const socket = createSocket('udp4')
  const broken = new Set<string>()
  const server = { address: '', records, broken, close: () => new Promise<void>((done) => socket.close(done)) }
  socket.on('message', (query, { port, address }) => {
    if (!silent) socket.send(answerTo(query, server), port, address)
  })
  await new Promise<void>((done) => socket.bind(0, '127.0.0.1', done))
  server.address = `127.0.0.1:${socket.address().port}`
  return server
}

function answerTo(query: Buffer, { records, broken }: DnsServer): Buffer {
  const labels: string[] = []
  let at = 12
  for (let length = query[at]!; length; length = query[at]!) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length))
    at += 1 + length
  }
  const question = query.subarray(12, at + 5)
  const type = query.readUInt16BE(at + 1)
  const name = labels.join('.').toLowerCase()
  const values = records[`${name} ${types[type]}`] ?? []
  const isKnown = Object.keys(records).some((key) => key.startsWith(`${name} `))
  const head = Buffer.alloc(12)
  const flags = broken.has(name) ? 0x8182 : isKnown ? 0x8180 : 0x8183
  head.writeUInt16BE(query.readUInt16BE(0), 0)
  head.writeUInt16BE(flags, 2) // a response; 2: the server failed; 3: the name does not exist
  head.writeUInt16BE(1, 4)
  head.writeUInt16BE(values.length, 6)
  return Buffer.concat([head, question, ...values.map((value) => record(type, value))])
}

function record(type: number, value: string): Buffer {
  const data = dataOf(type, value)
  const head = Buffer.alloc(12)
  head.writeUInt16BE(0xc00c, 0) // the name of the question
  head.writeUInt16BE(type, 2)
  head.writeUInt16BE(1, 4)
  head.writeUInt32BE(60, 6)
  head.writeUInt16BE(data.length, 10)
  return Buffer.concat([head, data])
}

function dataOf(type: number, value: string): Buffer {
  if (types[type] === 'A') return Buffer.from(value.split('.').map(Number))
  if (types[type] === 'TXT') return Buffer.concat((value.match(/.{1,255}/g) ?? ['']).map(counted))
  if (types[type] === 'PTR') return nameOf(value)
  if (types[type] === 'MX') {
    const [priority, host = ''] = value.split(' ')
    return Buffer.concat([Buffer.from([0, Number(priority)]), nameOf(host)])
  }
  throw new Error(`This server has no ${types[type]} records.`)
}

const counted = (text: string): Buffer => Buffer.concat([Buffer.from([text.length]), Buffer.from(text, 'latin1')])

const nameOf = (name: string): Buffer =>
  Buffer.concat([...name.split('.').filter(Boolean).map(counted), Buffer.from([0])])
