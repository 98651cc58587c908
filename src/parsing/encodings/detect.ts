import { encodingOf, isCodePage } from './encoding-names.ts'

/** An encoding in which bytes may spell words; `confidence` is a number to compare with others of the same bytes. */
export type Detected = { encoding: string; confidence: number }

/** The encodings in which bytes may spell words, the likeliest first, as jschardet finds them by its models of languages. */
export async function detectEncodings(body: Uint8Array): Promise<Detected[]> {
  const { detectAll } = await import('jschardet')
  return detectAll(excerptOf(body)).flatMap(({ encoding: label, confidence }) => {
    const encoding = encodingOf(label ?? '')
    return encoding && !isCodePage(encoding) ? [{ encoding, confidence }] : []
  })
}

/** In bytes. More does not change what is found, and this many take about a millisecond. */
const maxExcerpt = 3000

/** A feed may begin with a long head in ASCII. */
function excerptOf(body: Uint8Array): Uint8Array {
  const start = Math.max(
    body.findIndex((byte) => byte > 0x7f),
    0,
  )
  return body.subarray(start, start + maxExcerpt)
}
