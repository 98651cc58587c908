import { Readable } from 'node:stream'
import SMTPConnection from 'nodemailer/lib/smtp-connection'
import type { SendOutcome } from '../domain/delivery.ts'

/** One message, ready for the wire. */
export type Envelope = { from: string; to: string; raw: Buffer }

/** Sends over a few connections that are kept open between messages. */
export type Smtp = {
  /** `begin` is asked once a connection stands, just before MAIL FROM; false sends nothing and gives undefined. */
  send(mail: Envelope, begin: () => Promise<boolean>): Promise<SendOutcome | undefined>
  /** Ends idle connections at once and, with `now`, those in use too. */
  close(now?: boolean): void
}

const idleMs = 30_000
const messagesPerConnection = 100
/** RFC 5321 4.5.3.2.6 gives the server ten minutes to answer the final dot; no transaction may last longer. */
const transactionMs = 10 * 60_000

type Kept = { connection: SMTPConnection; sent: number; timer?: NodeJS.Timeout }

export function createSmtp(smtpUrl: string, ehloName: string): Smtp {
  const idle: Kept[] = []
  const busy = new Set<Kept>()
  const options = connectionOptions(smtpUrl, ehloName)

  async function acquire(): Promise<Kept> {
    const waiting = idle.pop()
    if (waiting) {
      clearTimeout(waiting.timer)
      return waiting
    }
    const kept: Kept = { connection: await connect(options), sent: 0 }
    kept.connection.once('end', () => drop(kept))
    return kept
  }

  function release(kept: Kept, healthy: boolean): void {
    busy.delete(kept)
    kept.sent++
    if (!healthy || kept.sent >= messagesPerConnection || kept.connection.destroyed) {
      kept.connection.quit()
      return
    }
    kept.timer = setTimeout(() => drop(kept), idleMs)
    kept.timer.unref()
    idle.push(kept)
  }

  function drop(kept: Kept): void {
    clearTimeout(kept.timer)
    const at = idle.indexOf(kept)
    if (at >= 0) idle.splice(at, 1)
    kept.connection.close()
  }

  return {
    async send(mail, begin) {
      let kept: Kept
      try {
        kept = await acquire()
      } catch (error) {
        return { kind: 'relay', reply: messageOf(error) }
      }
      busy.add(kept)
      let healthy = false
      try {
        if (!(await begin())) {
          healthy = true
          return undefined
        }
        const outcome = await transact(kept.connection, mail)
        healthy = outcome.kind === 'accepted'
        return outcome
      } finally {
        release(kept, healthy)
      }
    },
    close(now = false) {
      for (const kept of [...idle]) drop(kept)
      if (now) for (const kept of busy) kept.connection.close()
    },
  }
}

function connectionOptions(smtpUrl: string, name: string) {
  const url = new URL(smtpUrl)
  return {
    connection: {
      host: url.hostname.replace(/^\[|\]$/g, ''),
      port: url.port ? Number(url.port) : undefined,
      secure: url.protocol === 'smtps:',
      requireTLS: url.searchParams.get('tls') === 'required',
      name,
      connectionTimeout: 10_000,
      greetingTimeout: 15_000,
      socketTimeout: transactionMs,
    },
    auth: url.username ? { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) } : undefined,
  }
}

type Options = ReturnType<typeof connectionOptions>

/** A connection after greeting, TLS and sign-in; an error here is the relay's or our settings', never the mail's. */
function connect({ connection: options, auth }: Options): Promise<SMTPConnection> {
  const connection = new SMTPConnection(options)
  return new Promise((resolve, reject) => {
    const fail = (error: Error) => {
      connection.close()
      reject(error)
    }
    connection.on('error', fail)
    // After a refused connection the end comes before the error that explains it.
    connection.once('end', () => setImmediate(fail, new Error('the mail server closed the connection')))
    connection.connect((error) => {
      if (error) return fail(error)
      if (!auth) return resolve(connection)
      connection.login({ credentials: auth }, (refused) => (refused ? fail(refused) : resolve(connection)))
    })
  })
}

/** An interruption before the last byte was handed over is harmless; after it, the message may be anywhere. */
function transact(connection: SMTPConnection, mail: Envelope): Promise<SendOutcome> {
  const body = Readable.from([mail.raw], { objectMode: false })
  let handedOver = false
  body.once('end', () => {
    handedOver = true
  })
  return new Promise((resolve) => {
    const settle = (outcome: SendOutcome) => {
      clearTimeout(deadline)
      connection.off('end', onEnd)
      resolve(outcome)
    }
    const interrupted = (reply: string) => settle({ kind: handedOver ? 'lost' : 'interrupted', reply })
    const onEnd = () => interrupted('the connection closed in the middle of a message')
    const deadline = setTimeout(() => {
      interrupted('no answer within ten minutes')
      connection.close()
    }, transactionMs)
    connection.once('end', onEnd)
    connection.send({ from: mail.from, to: mail.to, size: mail.raw.length }, body, (error, info) => {
      if (!error) return settle({ kind: 'accepted', reply: info.response })
      const code = error.responseCode ?? (error.command === 'API' ? neverSendable : undefined)
      if (code) return settle({ kind: 'rejected', code, reply: error.response ?? messageOf(error) })
      interrupted(messageOf(error))
    })
  })
}

/** An address that cannot be written in an envelope is refused before any server sees it (RFC 5321 4.2.3: 553). */
const neverSendable = 553

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
