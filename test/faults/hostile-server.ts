import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { entries, rssOf } from '../parsing/entries.ts'
import { hostiles } from './hostile-bodies.ts'

/**
 * The far side of the hostile suite, in a process of its own so that what it costs is on nobody's account. `hostile-N.*`
 * answers as the case of that number; any other host is a good feed that brings five new items a round.
 */
let round = 0

const server = createServer((request, response) => {
  const hostile = hostiles[Number(/^hostile-(\d+)/.exec(request.headers.host ?? '')?.[1] ?? -1)]
  if (hostile) hostile.answer(response)
  else response.end(rssOf(entries(50 + round * 5).slice(-50)))
})
server.on('clientError', (_error, socket) => socket.destroy())
server.listen(0, '127.0.0.1', () => process.send!({ port: (server.address() as AddressInfo).port }))
process.on('message', (message: { round: number }) => {
  round = message.round
  process.send!({ round })
})
process.on('disconnect', () => process.exit())
