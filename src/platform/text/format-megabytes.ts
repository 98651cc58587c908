/** Bytes in megabytes, for people: `26 MB`, `0.5 MB`. */
export function formatMegabytes(bytes: number): string {
  const mb = bytes / 1_000_000
  return `${mb < 10 ? Math.max(0.1, Math.round(mb * 10) / 10) : Math.round(mb)} MB`
}
