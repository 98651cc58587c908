import type { Socket } from 'node:net'
import SMTPConnection from 'nodemailer/lib/smtp-connection'

/** A mail server that takes our mail: where, whether TLS is a must, and as whom we sign in. */
export type Relay = {
  host: string
  port?: number | undefined
  secure: boolean
  requireTls: boolean
  auth?: { user: string; pass: string } | undefined
}

/** A session after greeting, TLS and sign-in. From here on the socket is the caller's; `close` ends it. */
export type Session = { socket: Socket; pipelining: boolean; maxSize: number; close(): void }

/** `smtp://user:pass@host:port?tls=required`, or smtps. */
export function parseRelay(smtpUrl: string): Relay {
  const url = new URL(smtpUrl)
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port ? Number(url.port) : undefined,
    secure: url.protocol === 'smtps:',
    requireTls: url.searchParams.get('tls') === 'required',
    auth: url.username ? { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) } : undefined,
  }
}

/** Opens a session; a failure here is the relay's or our settings', never a mail's. `signal` gives up at once. */
export function connect(relay: Relay, ehloName: string, signal: AbortSignal): Promise<Session> {
  const connection = new SMTPConnection({
    host: relay.host,
    port: relay.port,
    secure: relay.secure,
    requireTLS: relay.requireTls,
    name: ehloName,
    connectionTimeout: 10_000,
    greetingTimeout: 15_000,
    socketTimeout: silenceMs,
  })
  const { promise, resolve, reject } = Promise.withResolvers<Session>()
  const fail = (error: Error) => {
    signal.removeEventListener('abort', give)
    connection.close()
    reject(error)
  }
  const give = () => fail(new Error('given up while connecting'))
  const done = () => {
    signal.removeEventListener('abort', give)
    resolve(takeOver(connection))
  }
  signal.addEventListener('abort', give)
  connection.on('error', fail)
  // After a refused connection the end comes before the error that explains it.
  connection.once('end', () => setImmediate(fail, new Error('the mail server closed the connection')))
  connection.connect((error) => {
    if (error) return fail(error)
    if (!relay.auth) return done()
    connection.login({ credentials: relay.auth }, (refused) => (refused ? fail(refused) : done()))
  })
  return promise
}

/** RFC 5321 4.5.3.2.6 gives the server ten minutes to answer the final dot. */
const silenceMs = 10 * 60_000

/** What the library negotiated; its types do not name it, and a later version may keep it elsewhere. */
type Negotiated = { _supportedExtensions?: string[] | undefined; _maxAllowedSize?: number | false | undefined }

/** The library has done its part: its listener goes, since replies are read by whoever sends the messages. */
function takeOver(connection: SMTPConnection): Session {
  const socket = connection._socket as Socket
  const { _supportedExtensions = [], _maxAllowedSize } = connection as unknown as Negotiated
  socket.removeAllListeners('data')
  return {
    socket,
    pipelining: _supportedExtensions.includes('PIPELINING'),
    maxSize: _maxAllowedSize || Number.POSITIVE_INFINITY,
    close: () => connection.close(),
  }
}
