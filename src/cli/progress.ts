/** Draws a progress bar on stderr, if it is a terminal. */
export function showProgress(done: number, total: number): void {
  if (!process.stderr.isTTY) return
  const full = Math.round((barWidth * done) / total)
  const bar = '#'.repeat(full).padEnd(barWidth, '.')
  process.stderr.write(`\r[${bar}] ${done}/${total}${done === total ? '\n' : ''}`)
}

const barWidth = 30
