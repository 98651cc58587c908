/** The languages that Sitrep reads: it knows their sentences and word forms, and topics have rules for them. */
export const languages = ['en', 'uk', 'ru', 'fr', 'es', 'ar'] as const

export type Language = (typeof languages)[number]

/** The language of a tag such as `uk-UA` (BCP 47) if Sitrep reads it. */
export function languageOfTag(tag: string | null | undefined): Language | undefined {
  const primary = primaryOfTag(tag)
  return languages.find((language) => language === primary)
}

/** `uk` of `uk-UA` or `UK_ua`; undefined for a tag that names no language. */
export const primaryOfTag = (tag: string | null | undefined): string | undefined =>
  /^\s*([a-z]{2,3})(?:[-_]|\s*$)/i.exec(tag ?? '')?.[1]?.toLowerCase()
