/** The offset of a named zone in minutes east of UTC, for names that mean one zone nearly everywhere. */
export const knownZone = (name: string): number | undefined => zones.get(name.toLowerCase())

const zones = new Map(
  (
    'z 0, ut 0, utc 0, gmt 0, wet 0, west 60, bst 60, cet 60, cest 120, met 60, mest 120, mez 60, mesz 120, ' +
    'eet 120, eest 180, msk 180, msd 240, trt 180, samt 240, yekt 300, omst 360, novt 420, krat 420, irkt 480, ' +
    'vlat 600, get 240, azt 240, uzt 300, tjt 300, tmt 300, aft 270, irst 210, irdt 270, idt 180, gst 240, pkt 300, ' +
    'ist 330, slst 330, npt 345, btt 360, bdt 360, mmt 390, ict 420, wib 420, wita 480, wit 540, jst 540, kst 540, ' +
    'hkt 480, sgt 480, myt 480, pht 480, pgt 600, fjt 720, nst -210, ndt -150, at -240, ast -240, adt -180, ' +
    'est -300, edt -240, et -300, cst -360, cdt -300, ct -360, mst -420, mdt -360, mt -420, pst -480, pdt -420, ' +
    'pt -480, akst -540, akdt -480, hst -600, brt -180, art -180, uyt -180, clt -240, clst -180, bot -240, vet -240, ' +
    'gyt -240, cot -300, pet -300, ect -300, cvt -60, aest 600, aedt 660, acst 570, acdt 630, awst 480, nzst 720, ' +
    'nzdt 780, cat 120, eat 180, sast 120, wat 60'
  )
    .split(', ')
    .map((zone) => zone.split(' '))
    .map(([name = '', minutes]) => [name, Number(minutes)] as const),
)

const place = /\[?\b((?:Africa|America|Asia|Atlantic|Australia|Europe|Indian|Pacific)\/[A-Za-z_/-]{2,40})\]?/

const offsetAfterTime = /:\d\d(?:[.,]\d{1,9})?\s?(?:Z|GMT|UTC|[+-]\d)/i

/** A date whose zone is named by a place ("Europe/Kyiv"): the text without it, and the zone; null for other texts. */
export function placeZone(text: string): { rest: string; zone: string } | null {
  const found = offsetAfterTime.test(text) ? null : place.exec(text)
  return found?.[1] ? { rest: text.replace(found[0], ' ').trim(), zone: found[1] } : null
}

/** The moment at which the clocks of a place show the time of day that this moment has in UTC; null for no zone. */
export function momentAt(zone: string, shown: Date): Date | null {
  const first = offsetAt(zone, shown)
  if (first === null) return null
  const offset = offsetAt(zone, new Date(shown.getTime() - first * 60_000)) ?? first
  return new Date(shown.getTime() - offset * 60_000)
}

/** In minutes east of UTC. */
function offsetAt(timeZone: string, moment: Date): number | null {
  try {
    const parts = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' }).formatToParts(moment)
    const written = parts.find(({ type }) => type === 'timeZoneName')?.value ?? ''
    const [, sign, hours, minutes] = /([+-])(\d\d):(\d\d)/.exec(written) ?? []
    return hours === undefined ? 0 : (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes))
  } catch {
    return null
  }
}
