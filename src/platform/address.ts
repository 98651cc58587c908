import { domainToASCII, domainToUnicode } from 'node:url'
import { z } from 'zod'
import { macOf } from './mac.ts'

const notOne = 'Give one mail address, such as name@example.org.'
/** Letters of any script (RFC 6531); dots stand between others. */
const localPart = /^(?!\.)(?!.*\.\.)[\p{L}\p{M}\p{N}_'+.-]*[\p{L}\p{M}\p{N}_+-]$/u
const writtenDomain = /^[\p{L}\p{M}\p{N}.\u3002-]+$/u
const asciiDomain = /^(?=.{1,253}$)(?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?\.)+(?:[a-z]{2,63}|xn--[a-z\d-]{1,59})$/

/**
 * One mail address as its owner wrote it: at most 254 bytes (RFC 5321 4.5.3.1.3 without the brackets), 64 before the @. Its domain
 * is in small letters and in ASCII (A-labels, RFC 5890), whichever way it was written.
 */
export const writtenAddressSchema = z
  .string(notOne)
  .trim()
  .max(1_000, notOne)
  .transform((text) => {
    const at = text.lastIndexOf('@')
    const domain = text.slice(at + 1)
    return {
      local: text.slice(0, Math.max(0, at)).normalize('NFC'),
      domain: writtenDomain.test(domain) ? toAscii(domain) : '',
    }
  })
  .refine(
    ({ local, domain }) => Buffer.byteLength(local) <= 64 && Buffer.byteLength(local) + 1 + domain.length <= 254,
    {
      message: 'This mail address is too long.',
      abort: true,
    },
  )
  .refine(({ local, domain }) => localPart.test(local) && asciiDomain.test(domain), notOne)
  .transform(({ local, domain }) => `${local}@${domain}`)

/** One mail address as it is stored and looked up: `addressKey`. */
export const addressSchema = writtenAddressSchema.transform(addressKey)

/** What all spellings of an address have in common: small letters, and a domain in ASCII. */
export function addressKey(email: string): string {
  if (!needsSmtpUtf8(email)) return email.toLowerCase()
  const at = email.lastIndexOf('@')
  const domain = email.slice(at + 1)
  return `${email
    .slice(0, at + 1)
    .normalize('NFC')
    .toLowerCase()}${toAscii(domain) || domain.toLowerCase()}`
}

const toAscii = (domain: string): string => domainToASCII(domain).toLowerCase()

/** An address as people read it: its domain has the letters of its language. */
export function shownAddress(email: string): string {
  const at = email.lastIndexOf('@')
  const domain = email.slice(at + 1)
  return `${email.slice(0, at + 1)}${domainToUnicode(domain) || domain}`
}

/** Whether a mail server needs SMTPUTF8 (RFC 6531) to take mail for an address. */
export const needsSmtpUtf8 = (email: string): boolean => /[^\0-\x7f]/.test(email)

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
  return macOf(key, 'suppression', addressKey(email.trim()))
}

/** `o…@example.org`: the reader recognises it, and somebody who got the mail forwarded does not learn the address. */
export function maskAddress(email: string): string {
  return shownAddress(email).replace(/^(.\p{M}*)[^@]*/u, '$1…')
}
