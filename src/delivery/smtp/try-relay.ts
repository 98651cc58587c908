import SMTPConnection from 'nodemailer/lib/smtp-connection'

const patienceMs = 10_000

/** Connects to the relay and signs in, then leaves; null when it lets us in, else what it said. Nothing is sent. */
export function tryRelay(smtpUrl: string, ehloName: string): Promise<string | null> {
  const url = new URL(smtpUrl)
  const connection = new SMTPConnection({
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port ? Number(url.port) : undefined,
    secure: url.protocol === 'smtps:',
    requireTLS: url.searchParams.get('tls') === 'required',
    name: ehloName,
    connectionTimeout: patienceMs,
    greetingTimeout: patienceMs,
    socketTimeout: patienceMs,
  })
  const { promise, resolve } = Promise.withResolvers<string | null>()
  const settle = (error?: Error | null) => {
    resolve(error ? error.message : null)
    connection.quit()
  }
  connection.on('error', settle)
  connection.once('end', () => setImmediate(resolve, 'the mail server closed the connection'))
  connection.connect((error) => {
    if (error || !url.username) return settle(error)
    const credentials = { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) }
    connection.login({ credentials }, settle)
  })
  return promise
}
