/**
 * What a due delivery waits for. The ledger keeps these texts in the column `reason`, and pages and commands show them.
 */
export const waitsFor = {
  person: 'the edition is paused until an admin resumes it',
  relay: 'the relay cannot be used',
  relayLimit: 'the relay limits our mail for now',
  domain: (domain: string): string => `${domain} limits our mail for now`,
  trouble: (domain: string): string => `${domain} calls many known addresses dead, so it is asked again`,
  warmUp: (date: string): string => `warm-up: the daily limit of ${date} is reached`,
}

/**
 * Why a delivery failed that waited for the warm-up until its mail was outdated. The ledger finds its rows by this
 * text.
 */
export const quotaExhausted = 'warm-up: no day had room for it while it was worth sending'

/** The short reasons of the ledger, in words for people. */
const inWords: Record<string, string> = {
  suppressed: 'the address is suppressed',
  unsubscribed: 'the reader unsubscribed',
  muted: 'the reader muted the story',
  erased: 'the reader was erased',
  'nothing to confirm': 'no subscription waits for confirmation',
  [quotaExhausted]: 'warm-up: the daily limit delayed the mail too long',
}

/** The reason of a delivery as pages and commands show it. */
export const reasonInWords = (reason: string | null): string | null => (reason && inWords[reason]) ?? reason
