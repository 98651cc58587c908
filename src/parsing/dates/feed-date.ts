import { type DateParts, isoOf } from './date-parts.ts'
import { isoDate } from './iso-date.ts'
import { monthOf } from './month-names.ts'
import { parseWrittenDate } from './parse-written-date.ts'

/**
 * Reads the dates that feeds really carry: RFC 822 and its abuses, ISO 8601 in most of its forms, seconds since 1970, and
 * dates in words of many languages. A time without a zone is UTC. ISO 8601 UTC out, or null.
 */
export function feedDate(text: string): string | null {
  const written = text.slice(0, 300).trim().slice(0, 100)
  if (!/\p{Nd}/u.test(written)) return null
  const plain = isAscii.test(written) ? written : withZone(inPlainDigits(written), written)
  const parts = usual(plain) ?? isoDate(plain) ?? sinceEpoch(plain) ?? parseWrittenDate(plain)
  return typeof parts === 'string' || !parts ? parts : isoOf(parts)
}

const isAscii = /^[\x20-\x7E]*$/

const rfc822 =
  /^(?:\w{3}, )?(\d{1,2}) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) (\d{4}) (\d\d):(\d\d):(\d\d) ([A-Z]{1,4}|[+-]\d{4})$/

/** Nearly every RSS date: only here for speed. */
function usual(text: string): DateParts | null {
  const m = rfc822.exec(text)
  if (!m) return null
  const [day, year, hour, minute, second] = [m[1], m[3], m[4], m[5], m[6]].map(Number) as [
    number,
    number,
    number,
    number,
    number,
  ]
  return { year, month: monthOf(m[2]!), day, hour, minute, second, zone: m[7]! }
}

const zeros = [0x0660, 0x06f0, 0x0966, 0xff10]

/** Digits of other scripts, marks of direction, and the signs by which Chinese, Japanese and Korean part a date. */
function inPlainDigits(text: string): string {
  return text
    .replace(/\p{Nd}/gu, (digit) => {
      const zero = zeros.find((first) => digit.codePointAt(0)! >= first && digit.codePointAt(0)! < first + 10)
      return zero === undefined ? digit : String(digit.codePointAt(0)! - zero)
    })
    .replace(/\p{Cf}/gu, '')
    .replace(/[−–‐‑]/g, '-')
    .replace(/：/g, ':')
    .replace(/(\d)\s?[年月년월]/g, '$1-')
    .replace(/(\d)\s?[日일]/g, '$1 ')
    .replace(/(\d)\s?[時时点點시]\s?(?=\d)/g, '$1:')
    .replace(/(\d)\s?[分분]\s?(?=\d)/g, '$1:')
    .replace(/(?<=\d)\s?[秒초分분時时点點시]/g, ' ')
    .trim()
}

/** Korean and Japanese times are those of one zone. */
function withZone(plain: string, written: string): string {
  const isEastern = /년|오전|오후|午前|午後/.test(written) && /:\d/.test(plain)
  return isEastern && !/[A-Z]$|[+-]\d\d:?\d\d$/i.test(plain) ? `${plain} +0900` : plain
}

/** Seconds or milliseconds, from 1990 on: other numbers are no dates. */
function sinceEpoch(text: string): string | null {
  if (!/^\d{9,13}(?:\.\d{1,9})?$/.test(text)) return null
  const number = Number.parseFloat(text)
  const ms = number >= 631_152_000_000 ? number : number * 1000
  return ms >= 631_152_000_000 && ms < 4_102_444_800_000 ? new Date(Math.floor(ms / 1000) * 1000).toISOString() : null
}
