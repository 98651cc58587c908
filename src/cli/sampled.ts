/** Who they are, behind their number: `: a@example.org, b@example.org…`; nothing when there is nobody. */
export function sampled(count: number, sample: string[]): string {
  if (!count) return ''
  return `: ${sample.join(', ')}${count > sample.length ? '…' : ''}`
}
