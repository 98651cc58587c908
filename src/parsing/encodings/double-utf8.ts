/** A text whose UTF-8 was taken for windows-1252 and encoded once more: "Ã©" for "é"; null for other texts. */
export function undoDoubleUtf8(text: string): string | null {
  if (!twice.test(text)) return null
  let undone = 0
  const once = text.replace(allTwice, (run, offset: number) => {
    if (run.length < 4 && /[A-Z]/.test(text[offset - 1] ?? '')) return run
    undone += run.length
    return decoded(run)
  })
  const others = once.match(/[\u00C0-\u00FF]/g)?.length ?? 0
  return undone > others ? once : null
}

/** The characters that windows-1252 has for the bytes 0x80 to 0x9F, in that order. */
const upper = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8DŽ\x8F\x90‘’“”•–—˜™š›œ\x9DžŸ'
const byteOf = new Map([...upper].map((character, n) => [character, 0x80 + n]))

/** Characters of UTF-8, each byte read as one of windows-1252. Of a pair the second byte may be lost. A longer run comes in pieces. */
const next = `[\\u0080-\\u00BF${upper}]`
const pattern = `(?:[\\u00C2-\\u00DF](?:${next}|\\uFFFD)|[\\u00E0-\\u00EF]${next}{2}|[\\u00F0-\\u00F4]${next}{3}){1,1000}`
const twice = new RegExp(pattern)
const allTwice = new RegExp(pattern, 'g')

const utf8 = new TextDecoder('utf-8')

const decoded = (run: string) =>
  run
    .split(/[\u00C2-\u00DF]\uFFFD/)
    .map((piece) => utf8.decode(Uint8Array.from(piece, (each) => byteOf.get(each) ?? each.charCodeAt(0))))
    .join('\uFFFD')
