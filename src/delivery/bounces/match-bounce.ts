import type { App } from '../../app.ts'
import { addressKey, bareAddress, mailDomainOf } from '../../platform/address.ts'
import type { Tx } from '../../platform/db/db.ts'
import { type Bounced, findBounced, findBouncedMessage, findMailed } from '../store/bounces.ts'
import type { Notice } from './hooks/notice.ts'
import { readVerp } from './verp.ts'

/**
 * Finds what a notice is about: the delivery that one of our marks names, or else the delivery with its Message-ID and
 * recipient. A notice that has neither, and whose mail came from MAIL_FROM, is about the reader at its recipient who got mail.
 * Undefined when the mail was not ours, and when a mark or a Message-ID of ours names no delivery.
 */
export async function matchBounce(app: App, tx: Tx, notice: Notice): Promise<Bounced | undefined> {
  const [named] = notice.marks.flatMap((mark) => readVerp(app.config.secretKeys, bareAddress(mark)) ?? [])
  if (named) return findBounced(tx, named)
  const recipients = notice.recipients.map(caseFolded)
  if (!recipients.length) return undefined
  const messageId = notice.messageId?.replace(/[<>\s]/g, '')
  const found = messageId ? await findBouncedMessage(tx, `<${messageId}>`, recipients) : undefined
  if (found || (messageId && isOwnMessageId(app, messageId))) return found
  return isFromUs(app, notice) ? findMailed(tx, recipients) : undefined
}

/** Our Message-IDs are hashes at the domain of MAIL_FROM, which may have been another one before. */
const isOwnMessageId = (app: App, messageId: string): boolean =>
  /^[0-9a-f]{32}@/.test(messageId) || ownSenders(app).map(mailDomainOf).includes(mailDomainOf(messageId))

const isFromUs = (app: App, { senders }: Notice): boolean =>
  ownSenders(app).some((own) => senders.map(caseFolded).includes(own))

const ownSenders = ({ config }: App): string[] => [config.mailFrom, config.mailFromConfirm].map(caseFolded)

const caseFolded = (address: string): string => addressKey(bareAddress(address).trim())
