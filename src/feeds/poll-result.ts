/** What came of asking one feed; `note` says why it was held or failed. */
export type PollResult = {
  feed: string
  kind: 'fresh' | 'unchanged' | 'held' | 'failed' | 'stopped'
  added: number
  edited: number
  note?: string
}
