import type { App } from '../../app.ts'
import { addressKey, bareAddress } from '../../platform/address.ts'
import type { Tx } from '../../platform/db/db.ts'
import { type Bounced, findBounced, findBouncedMessage, findMailed } from '../store/bounces.ts'
import type { Notice } from './hooks/notice.ts'
import { readVerp } from './verp.ts'

/**
 * Finds what a notice is about: first the delivery that one of our marks names, then the delivery with its Message-ID
 * and recipient. If neither is found and the mail came from MAIL_FROM, a reader at its recipient who got mail.
 * Undefined when the mail was not ours.
 */
export async function matchBounce(app: App, tx: Tx, notice: Notice): Promise<Bounced | undefined> {
  return (
    (await byMark(app, tx, notice)) ??
    (await byMessageId(tx, notice)) ??
    (isFromUs(app, notice) ? byReader(tx, notice) : undefined)
  )
}

async function byMark(app: App, tx: Tx, { marks }: Notice): Promise<Bounced | undefined> {
  const [named] = marks.flatMap((mark) => readVerp(app.config.secretKeys, bareAddress(mark)) ?? [])
  return named && findBounced(tx, named)
}

async function byMessageId(tx: Tx, { messageId, recipients }: Notice): Promise<Bounced | undefined> {
  const bare = messageId?.replace(/[<>\s]/g, '')
  return bare && recipients.length ? findBouncedMessage(tx, `<${bare}>`, recipients.map(caseFolded)) : undefined
}

async function byReader(tx: Tx, { recipients }: Notice): Promise<Bounced | undefined> {
  return recipients.length ? findMailed(tx, recipients.map(caseFolded)) : undefined
}

const isFromUs = ({ config }: App, { senders }: Notice): boolean =>
  [config.mailFrom, config.mailFromConfirm].map(caseFolded).some((own) => senders.map(caseFolded).includes(own))

const caseFolded = (address: string): string => addressKey(bareAddress(address).trim())
