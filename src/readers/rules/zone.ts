import { z } from 'zod'

/**
 * The one name by which a time zone of the IANA database is stored and shown: Europe/Kyiv for Europe/Kiev,
 * America/New_York for US/Eastern. Null for any other text, offsets such as +02:00 included.
 */
export function canonicalZone(name: string): string | null {
  if (!/^[A-Za-z]/.test(name)) return null
  const known = canonical.get(name)
  if (known) return known
  try {
    const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions()
    const zone = presentNames.get(timeZone) ?? timeZone
    if (canonical.size < maxRemembered) canonical.set(name, zone)
    return zone
  } catch {
    return null
  }
}

/** The zones that were asked for, by their names: making a format takes long. */
const canonical = new Map<string, string>()
const maxRemembered = 2_000

/** All zones that readers can choose, sorted by name. */
export function knownZones(): string[] {
  return ['UTC', ...Intl.supportedValuesOf('timeZone').map((zone) => presentNames.get(zone) ?? zone)].sort()
}

export const zoneSchema = z
  .string()
  .trim()
  .max(64)
  .transform((name, context) => {
    const zone = canonicalZone(name)
    if (zone) return zone
    context.addIssue({ code: 'custom', message: 'Choose a time zone such as Europe/Kyiv.' })
    return z.NEVER
  })

/** Present names of zones by the name that Intl gives: the first that CLDR had. */
const presentNames = new Map([
  ['Africa/Asmera', 'Africa/Asmara'],
  ['America/Buenos_Aires', 'America/Argentina/Buenos_Aires'],
  ['America/Catamarca', 'America/Argentina/Catamarca'],
  ['America/Coral_Harbour', 'America/Atikokan'],
  ['America/Cordoba', 'America/Argentina/Cordoba'],
  ['America/Godthab', 'America/Nuuk'],
  ['America/Indianapolis', 'America/Indiana/Indianapolis'],
  ['America/Jujuy', 'America/Argentina/Jujuy'],
  ['America/Louisville', 'America/Kentucky/Louisville'],
  ['America/Mendoza', 'America/Argentina/Mendoza'],
  ['Asia/Calcutta', 'Asia/Kolkata'],
  ['Asia/Katmandu', 'Asia/Kathmandu'],
  ['Asia/Rangoon', 'Asia/Yangon'],
  ['Asia/Saigon', 'Asia/Ho_Chi_Minh'],
  ['Atlantic/Faeroe', 'Atlantic/Faroe'],
  ['Europe/Kiev', 'Europe/Kyiv'],
  ['Pacific/Enderbury', 'Pacific/Kanton'],
  ['Pacific/Ponape', 'Pacific/Pohnpei'],
  ['Pacific/Truk', 'Pacific/Chuuk'],
])
