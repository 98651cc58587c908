import { type Words, wordsIn } from './refusal-words.ts'

/**
 * What a refusal for good is about. `dead`: the mail server says of one address that it has no mailbox. `recipient`: it
 * seems to say so, without a code for it. `domain`: the mail domain does not exist. `full`: the mailbox is full. `way`: trouble
 * on the way or too much mail for now. `policy`: our mail, our sender, or no given reason.
 */
export type RefusalKind = 'dead' | 'recipient' | 'domain' | 'full' | 'way' | 'policy'

/** A refusal: the enhanced status code (RFC 3463) if there is one, and its words. */
export type Refusal = { status?: string | undefined; text: string }

/** Decides by the code and the words together. Words are more specific than a code that servers use for many things. */
export function refusalKind({ status = '', text }: Refusal): RefusalKind {
  const words = wordsIn(text)
  const subject = status.slice(2)
  if (words.has('sender') || ofSender.has(subject)) return 'policy'
  if (words.has('pace')) return subject.startsWith('7.') ? 'policy' : 'way'
  if (words.has('full') || subject === '2.2') return 'full'
  const speaksOfMailbox = words.has('mailbox')
  if (words.has('policy') && !speaksOfMailbox) return 'policy'
  if (ofDeadAddress.has(subject)) return words.has('policy') ? 'recipient' : 'dead'
  return kindOfWords(words, subject, speaksOfMailbox)
}

function kindOfWords(words: Set<Words>, subject: string, speaksOfMailbox: boolean): RefusalKind {
  if (words.has('domain') || ofDomain.has(subject)) return 'domain'
  if (speaksOfMailbox) return 'recipient'
  if (words.has('way') || (subject.startsWith('4.') && subject !== '4.1')) return 'way'
  if (subject.startsWith('1.') || subject === '4.1') return 'recipient'
  return words.has('weak') && !ofPolicy.test(subject) ? 'recipient' : 'policy'
}

/** Bad mailbox, mailbox that has moved, no such recipient or null MX (RFC 7505), disabled mailbox. */
const ofDeadAddress = new Set(['1.1', '1.6', '1.10', '2.1'])
/** The sender's address (RFC 3463 3.2). */
const ofSender = new Set(['1.7', '1.8'])
/** A destination system that does not exist, or cannot be looked up. */
const ofDomain = new Set(['1.2', '4.4'])
/** Security and policy, content, and system limits. */
const ofPolicy = /^[67]\./
