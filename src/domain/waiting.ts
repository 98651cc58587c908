/** What a delivery waits for, as the ledger's `reason` says it while it is due. */
export const waitsFor = {
  person: 'its edition is paused until a person resumes it',
  relay: 'our mail server cannot be used',
  domain: (domain: string): string => `${domain} wants less mail for now`,
}
