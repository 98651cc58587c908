import nodemailer from 'nodemailer'

/** The usual way, in a process of its own: nodemailer's pool, one `sendMail` a reader with the same html and text. */
type Order = {
  url: string
  count: number
  connections: number
  digest: { subject: string; html: string; text: string }
  dkim?: { domainName: string; keySelector: string; privateKey: string }
}
const { url, count, connections, digest, dkim } = JSON.parse(process.argv[2]!) as Order
const { hostname, port } = new URL(url)
const transport = nodemailer.createTransport({
  ...{
    pool: true,
    host: hostname,
    port: Number(port),
    maxConnections: connections,
    maxMessages: Number.POSITIVE_INFINITY,
  },
  ignoreTLS: true,
  dkim,
})
const begun = performance.now()
let n = 0
await Promise.all(
  Array.from({ length: connections * 2 }, async () => {
    while (n < count) await send(n++)
  }),
)
const seconds = (performance.now() - begun) / 1000
transport.close()
console.log(JSON.stringify({ accepted: count, seconds }))

async function send(reader: number): Promise<void> {
  const link = `https://sitrep.example.org/u/${String(reader).padStart(40, 'x')}`
  const filled = (body: string) =>
    body.replace(/@@(unsubscribe|preferences|confirm)@@/g, link).replaceAll('@@address@@', 'reader')
  await transport.sendMail({
    from: 'Sitrep <sitrep@example.org>',
    to: `reader${reader}@example.org`,
    subject: digest.subject,
    html: filled(digest.html),
    text: filled(digest.text),
    headers: { 'List-Unsubscribe': `<${link}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' },
  })
}
