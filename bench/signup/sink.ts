import { createServer, type Socket } from 'node:net'

/** A mail server that takes every mail and says nothing of it, in a process of its own. It prints its port. */
const server = createServer((socket) => {
  socket.on('error', () => {})
  socket.setNoDelay(true)
  socket.write('220 sink\r\n')
  converse(socket)
})
server.listen(0, '127.0.0.1', () => console.log((server.address() as { port: number }).port))

/** Commands are lines, answered in order; between DATA and a lone dot nothing is looked at but the end. */
function converse(socket: Socket): void {
  let isData = false
  let rest = ''
  socket.setEncoding('latin1').on('data', (chunk: string) => {
    rest += chunk
    for (;;) {
      if (isData) {
        const end = rest.indexOf('\r\n.\r\n')
        if (end < 0) {
          rest = rest.slice(-5)
          return
        }
        rest = rest.slice(end + 5)
        isData = false
        socket.write('250 taken\r\n')
        continue
      }
      const end = rest.indexOf('\r\n')
      if (end < 0) return
      const verb = rest.slice(0, 4).toUpperCase()
      rest = rest.slice(end + 2)
      isData = verb === 'DATA'
      answer(socket, verb)
    }
  })
}

function answer(socket: Socket, verb: string): void {
  if (verb === 'EHLO') socket.write('250-sink\r\n250-PIPELINING\r\n250 8BITMIME\r\n')
  else if (verb === 'DATA') socket.write('354 go on\r\n')
  else if (verb === 'QUIT') socket.end('221 bye\r\n')
  else socket.write('250 ok\r\n')
}
