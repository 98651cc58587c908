import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/**
 * A process that serves as many feeds of 50 items as are asked for, at /0, /1...: forked by a benchmark. In round 1 five
 * items of each are new and five are edited; a request with the validator of the round is answered with 304.
 */
const items = 50
let round = 0

const server = createServer((request, response) => {
  const etag = `"round-${round}"`
  if (request.headers['if-none-match'] === etag) return void response.writeHead(304, { etag }).end()
  response.writeHead(200, { 'content-type': 'application/rss+xml', etag }).end(feedOf(Number(request.url!.slice(1))))
})
server.listen(0, '127.0.0.1', () => process.send!({ port: (server.address() as AddressInfo).port }))
process.on('message', (message: { round: number }) => {
  round = message.round
  process.send!({ round })
})
process.on('disconnect', () => process.exit())

function feedOf(feed: number): string {
  const shift = round * 5
  const entries = Array.from({ length: items }, (_, n) => entryOf(feed, n + shift, n >= items - 5 - shift))
  return `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Feed ${feed}</title><link>https://feed-${feed}.example/</link>${entries.join('')}</channel></rss>`
}

const paragraph =
  'Overnight strikes damaged a substation in the northern district, and repair crews expect to restore power to 40,000 homes by the evening. '

function entryOf(feed: number, n: number, last: boolean): string {
  const edit = round === 1 && !last && n >= 10 && n < 15 ? 'Corrected. ' : ''
  const text = `${edit}&lt;p&gt;${n} ${paragraph.repeat(5)}&lt;/p&gt;&lt;p&gt;&lt;b&gt;${feed}&lt;/b&gt; ${paragraph.repeat(5)}&lt;/p&gt;`
  const day = new Date(Date.UTC(2026, 9, 1) + n * 86_400_000).toUTCString()
  return `<item><title>Report ${n} of ${feed}</title><link>https://feed-${feed}.example/${n}</link><guid isPermaLink="false">${feed}-${n}</guid><pubDate>${day}</pubDate><description>${text}</description></item>`
}
