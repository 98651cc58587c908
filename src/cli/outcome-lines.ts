import type { SendingSums, Sums } from '../delivery/edition-outcome.ts'

/** What became of an edition, for the terminal: the audience by state with the reasons, then each later sending. */
export function outcomeLines(outcome: Sums & { sendings: SendingSums[] }): string[] {
  return [
    `audience ${sumLine(outcome)}`,
    ...whyLines(outcome),
    ...outcome.sendings.flatMap((one) => [
      `sending ${one.n} by ${one.actor}, ${one.at} (${one.reason}): ${sumLine(one)}`,
      ...whyLines(one),
    ]),
  ]
}

function sumLine({ audience, byState }: Sums): string {
  const states = Object.entries(byState).map(([state, count]) => `${state} ${count}`)
  return `${audience}: ${states.join(', ') || 'nobody'}`
}

function whyLines({ why }: Sums): string[] {
  return why.map(({ state, count, why, next }) => `  ${count} ${state}: ${why}${next ? `; next at ${next}` : ''}`)
}
