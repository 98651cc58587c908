import type { App } from '../../app.ts'
import { bareAddress } from '../../platform/address.ts'
import type { Tx } from '../../platform/db/db.ts'
import { readVerp } from '../rules/verp.ts'
import { type Bounced, findBounced, findBouncedMessage, findMailed } from '../store/bounces.ts'
import type { Notice } from './hooks/notice.ts'

/**
 * What a notice is about: the delivery that a mark of ours names, else the one with its Message-ID and recipient, else, if
 * the mail came from MAIL_FROM, a reader who was mailed. Undefined where it is another's mail.
 */
export async function matchBounce(app: App, tx: Tx, notice: Notice): Promise<Bounced | undefined> {
  return (
    (await byMark(app, tx, notice)) ??
    (await byMessage(tx, notice)) ??
    (isOurs(app, notice) ? byReader(tx, notice) : undefined)
  )
}

async function byMark(app: App, tx: Tx, { marks }: Notice): Promise<Bounced | undefined> {
  const [delivery] = marks.flatMap((mark) => readVerp(app.config.secretKeys, bareAddress(mark)) ?? [])
  return delivery === undefined ? undefined : findBounced(tx, delivery)
}

async function byMessage(tx: Tx, { messageId, recipients }: Notice): Promise<Bounced | undefined> {
  const bare = messageId?.replace(/[<>\s]/g, '')
  return bare && recipients.length ? findBouncedMessage(tx, `<${bare}>`, recipients.map(folded)) : undefined
}

async function byReader(tx: Tx, { recipients }: Notice): Promise<Bounced | undefined> {
  return recipients.length ? findMailed(tx, recipients.map(folded)) : undefined
}

const isOurs = (app: App, { senders }: Notice): boolean => senders.map(folded).includes(folded(app.config.mailFrom))

const folded = (address: string): string => bareAddress(address).trim().toLowerCase()
