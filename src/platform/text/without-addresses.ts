/**
 * Text without its mail addresses, for records that stay when a reader is erased, and for the log. Servers write addresses in
 * many spellings: percent-encoded, as entities, in a return path (VERP). `own` are addresses that the text may name in part:
 * their local parts go too.
 */
export function withoutAddresses(text: string, ...own: string[]): string {
  const plain = mayHaveAddress.test(text) ? text.replace(quoted, gone).replace(verp, gone).replace(bare, gone) : text
  return own.reduce(withoutLocalPart, plain)
}

const gone = '[address]'

/** The sign between the two parts of an address, as programs write it. */
const at = String.raw`(?:@|%(?:25)*40|=40|&#0*64;|&#x0*40;|&commat;|\\u0040|[＠﹫]|\s?[[({]\s?at\s?[\])}]\s?)`
const domain = String.raw`[^\s@<>()"'\`,;]{1,255}`
const localSign = String.raw`[^\s@＠﹫<>()[\]"'\`,;:=/]`
const mayHaveAddress = new RegExp(at, 'i')
const quoted = new RegExp(String.raw`"(?:[^"\\@]|\\.){1,64}"${at}${domain}`, 'gi')
/** A return path with the address of the reader in it: `bounces+olena=example.org@lists.example`. */
const verp = new RegExp(String.raw`${localSign}{1,128}=[a-z\d-]{1,63}(?:\.[a-z\d-]{1,63}){1,8}${at}${domain}`, 'gi')
const bare = new RegExp(`${localSign}{1,128}${at}${domain}`, 'gi')

/**
 * The local part stands alone, or before a sign that servers write in place of the @. Without what follows its plus sign it
 * names the reader too. A short one may be any word: it goes only where the domain follows.
 */
function withoutLocalPart(text: string, email: string): string {
  const end = email.lastIndexOf('@')
  const [local, host] = [email.slice(0, end), email.slice(end + 1)]
  const parts = new Set([local, local.replace(/\+.*$/s, '')])
  return [...parts].reduce((rest, part) => {
    if (!part) return rest
    const ending =
      part.length < minLocalPart ? String.raw`(?=[^\p{L}\d]{1,3}(?:at[^\p{L}\d]{1,3})?${RegExp.escape(host)})` : ''
    const pattern = String.raw`(?<=^|[^\p{L}\d]|%[\da-f]{2})${spelled(part)}(?![\p{L}\d])${ending}`
    return rest.replace(new RegExp(pattern, 'giu'), gone)
  }, text)
}

/** A shorter local part may be any word, and names nobody by itself. */
const minLocalPart = 3

/** Matches a text whose signs may be encoded, as in `olena%2Bnews`. */
function spelled(text: string): string {
  const sign = (one: string) => {
    const code = one.codePointAt(0) ?? 0
    const hex = code.toString(16).padStart(2, '0')
    return `(?:${RegExp.escape(one)}|%(?:25)*${hex}|=${hex}|&#0*${code};|&#x0*${hex};)`
  }
  return [...text].map((one) => (/[\p{L}\d]/u.test(one) ? RegExp.escape(one) : sign(one))).join('')
}
