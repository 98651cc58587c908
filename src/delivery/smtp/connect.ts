import type { Socket } from 'node:net'
import SMTPConnection from 'nodemailer/lib/smtp-connection'
import { isLoopbackName } from '../../platform/loopback.ts'

/** A mail server that relays our mail: where it is, whether TLS is required, and as whom we sign in. */
export type Relay = {
  host: string
  port?: number | undefined
  secure: boolean
  requireTls: boolean
  auth?: { user: string; pass: string } | undefined
}

/** A session after greeting, TLS and sign-in. From here on the socket is the caller's; `close` ends it. */
export type Session = { socket: Socket; pipelining: boolean; smtpUtf8: boolean; maxSize: number; close(): void }

/** `smtp://user:pass@host:port?tls=required`, or smtps. A password goes through TLS, or stays on this machine. */
export function parseRelay(smtpUrl: string): Relay {
  const url = new URL(smtpUrl)
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port ? Number(url.port) : undefined,
    secure: url.protocol === 'smtps:',
    requireTls: url.searchParams.get('tls') === 'required' || (url.username !== '' && !isLoopbackName(url.hostname)),
    auth: url.username ? { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) } : undefined,
  }
}

/**
 * Opens a session. `signal` gives up at once.
 * @throws when the relay cannot be reached or refuses us: the relay's fault or our settings', never a mail's
 */
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
    signal.removeEventListener('abort', giveUp)
    connection.close()
    reject(error)
  }
  const giveUp = () => fail(new Error('the connection took too long'))
  const done = () => {
    signal.removeEventListener('abort', giveUp)
    resolve(takeOver(connection))
  }
  signal.addEventListener('abort', giveUp)
  connection.on('error', fail)
  // After a refused connection the end comes before the error that explains it.
  connection.once('end', () => setImmediate(fail, new Error('the relay closed the connection')))
  connection.connect((error) => {
    if (error) return fail(error)
    if (!relay.auth) return done()
    connection.login({ credentials: relay.auth }, (refused) => (refused ? fail(refused) : done()))
  })
  return promise
}

const tryMs = 10_000

/** Connects to a relay and signs in, then leaves; sends nothing. Null when the relay lets us in, else what is wrong. */
export async function tryRelay(smtpUrl: string, ehloName: string): Promise<string | null> {
  const deadline = AbortSignal.timeout(tryMs)
  try {
    const { socket, close } = await connect(parseRelay(smtpUrl), ehloName, deadline)
    socket.end('QUIT\r\n', close)
    return null
  } catch (error) {
    return deadline.aborted ? `no answer within ${tryMs / 1000} s` : (error as Error).message
  }
}

/** RFC 5321 4.5.3.2.6 gives the server ten minutes to answer the final dot. */
const silenceMs = 10 * 60_000

/** What the library negotiated. Its types do not name these fields; a test holds them against the installed version. */
type Negotiated = { _supportedExtensions?: string[]; _maxAllowedSize?: number | false }

/** The library has done its part: its listener goes, since the transaction reads the replies. */
function takeOver(connection: SMTPConnection): Session {
  const socket = connection._socket as Socket
  const { _supportedExtensions = [], _maxAllowedSize } = connection as unknown as Negotiated
  socket.removeAllListeners('data')
  return {
    socket,
    smtpUtf8: _supportedExtensions.includes('SMTPUTF8'),
    pipelining: _supportedExtensions.includes('PIPELINING'),
    maxSize: _maxAllowedSize || Number.POSITIVE_INFINITY,
    close: () => connection.close(),
  }
}
