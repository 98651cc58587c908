import { z } from 'zod'
import { macOf } from './mac.ts'

/** One mail address in lower case: at most 254 characters (RFC 5321 4.5.3.1.3 without the brackets), 64 before the @. */
export const addressSchema = z
  .string('Give one mail address, such as name@example.org.')
  .trim()
  .toLowerCase()
  .refine((text) => text.length <= 254 && text.lastIndexOf('@') <= 64, {
    message: 'This mail address is too long.',
    abort: true,
  })
  .pipe(z.email('Give one mail address, such as name@example.org.'))

/** `a@b` out of `Name <a@b>`. */
export function bareAddress(line: string): string {
  return /<([^<>]+)>/.exec(line)?.[1] ?? line
}

/** The domain that receives mail for an address, in small letters. */
export function mailDomainOf(email: string): string {
  return email.slice(email.lastIndexOf('@') + 1).toLowerCase()
}

/** What is stored of a suppressed address: a keyed hash that recognises the address without storing it. */
export function suppressionHash(key: string, email: string): string {
  return macOf(key, 'suppression', email.trim().toLowerCase())
}

/** `o…@example.org`: the reader recognises it, and somebody who got the mail forwarded does not learn the address. */
export function maskAddress(email: string): string {
  return email.replace(/^(.)[^@]*/, '$1…')
}

/**
 * Text without its mail addresses, for records that stay when a reader is erased, and for the log. `own` are addresses that
 * the text may name in part: their local parts go too.
 */
export function withoutAddresses(text: string, ...own: string[]): string {
  const plain = text
    .replace(/"[^"@]{1,64}"@[^\s@<>]{1,255}/g, '[address]')
    .replace(/[^\s@<>()[\]"'`,;:=]{1,64}(?:@|%40)[^\s@<>()"'`,;]{1,255}/gi, '[address]')
  return own.reduce(withoutLocalPart, plain)
}

/** The local part stands alone, or before a sign that servers write in place of the @. */
function withoutLocalPart(text: string, email: string): string {
  const local = email.slice(0, email.lastIndexOf('@'))
  if (local.length < minLocalPart) return text
  return text.replace(new RegExp(`(?<![\\p{L}\\d])${RegExp.escape(local)}(?![\\p{L}\\d])`, 'giu'), '[address]')
}

/** A shorter local part may be any word, and names nobody by itself. */
const minLocalPart = 3
