/**
 * What a due delivery waits for. The ledger keeps these texts in the column `reason`, and pages and commands show them.
 */
export const waitsFor = {
  person: 'its edition is paused until a person resumes it',
  relay: 'our mail server cannot be used',
  domain: (domain: string): string => `${domain} wants less mail for now`,
  warmUp: (date: string): string => `warm-up: the share of ${date} is used up`,
}

/**
 * Why a delivery failed that waited for the warm-up until its mail was outdated. The ledger finds its rows by this
 * text.
 */
export const quotaExhausted = 'warm-up: no day had room for it while it was worth sending'
