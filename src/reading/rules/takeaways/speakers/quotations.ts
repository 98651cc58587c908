/** Stands for each character of a quotation, so that offsets stay. */
const hidden = '\uE000'

/**
 * The text with its quotations hidden: what is said inside them has another speaker. A name in quotation marks, such as
 * the “Vostok” battalion, loses the marks instead.
 */
export function quotationsHidden(text: string): string {
  if (!/[“„«"‘]/.test(text)) return text
  return text.replace(quotation, (whole: string, ...rest: unknown[]) => {
    const inner = whole.slice(1, -1)
    const at = rest.findLast((value) => typeof value === 'number') as number
    if ((at > 0 && isName.test(inner)) || isOffice.test(inner)) return ` ${inner} `
    return whole[0] + hidden.repeat(inner.length) + whole.at(-1)
  })
}

/** A name with the marks that `text` has around a part of it, as in Olena “Sych” Koval; not around its first word. */
export function withMarks(name: string, text: string): string {
  if (!/[“„«"]\p{Lu}[^“”„«»"]{0,60}[”“»"]/u.test(text) || !name.includes(' ')) return name
  const words = name.split(' ').map((word) => word.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'))
  const marked = new RegExp(`${words.join('[”“»"]? [“„«"]?')}[”“»"]?`, 'iu').exec(text)?.[0] ?? name
  const form = marksIn(marked) % 2 === 0 ? marked : marked.slice(0, -1)
  return marksIn(form) % 2 === 0 ? name.charAt(0) + form.slice(1) : name
}

function marksIn(text: string): number {
  return text.match(/[“”„«»"]/g)?.length ?? 0
}

/** A quotation between two marks. An apostrophe that is followed by a letter does not end one. */
const quotation =
  /“[^“”]{1,900}”|„[^„“”]{1,900}[“”]|«[^«»]{1,900}»|(?<![^\s([—–-])"(?=\S)[^"]{1,900}"|(?<![\p{L}\p{N}])‘[^‘]{12,900}?[,.!?]’/gu

/** An office that the writer does not recognise: the “foreign minister” of a breakaway state. */
const isOffice =
  /^(?:\p{Ll}+ ){0,2}(?:minister|president|governor|mayor|ambassador|parliament|ministry|government|prime minister|general)$/u

const isName = /^\p{Lu}[\p{L}\p{N}-]*(?: \p{Lu}[\p{L}\p{N}-]*){0,2}$/u
