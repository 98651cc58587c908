import { z } from 'zod'
import { macOf } from './mac.ts'

/** One mail address, case-folded: at most 254 characters (RFC 5321 4.5.3.1.3 less the brackets), 64 before the @. */
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

/** How a suppressed address is kept: it can be recognised, not read back. */
export function suppressionHash(key: string, email: string): string {
  return macOf(key, 'suppression', email.trim().toLowerCase())
}

/** Enough for its owner to know it, too little for a stranger who was forwarded the mail: o…@example.org. */
export function maskAddress(email: string): string {
  return email.replace(/^(.)[^@]*/, '$1…')
}

/** Free words with every mail address struck out: for records that outlive the erasure of a reader. */
export function withoutAddresses(text: string): string {
  return text.replace(/[^\s@<>]{1,64}@[^\s@<>]{1,255}/g, '[address]')
}
