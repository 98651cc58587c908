/** What a delivery waits for, as the ledger's `reason` says it while it is due. */
export const waitsFor = {
  person: 'its edition is paused until a person resumes it',
  relay: 'our mail server cannot be used',
  domain: (domain: string): string => `${domain} wants less mail for now`,
  warmUp: (date: string): string => `warm-up: the share of ${date} is used up`,
}

/** Why a delivery ended that waited for the warm-up as long as its mail was worth sending. */
export const quotaExhausted = 'warm-up: no day had room for it while it was worth sending'
