/** A zone as dates name it, in minutes east of UTC; null where it cannot be. Names that nobody knows are UTC (RFC 2822, section 4.3). */
export function zoneOffset(zone: string): number | null {
  const m = zone.match(/([+-])(\d{1,2}):?(\d{2})?$/)
  if (!m) return knownZone(zone) ?? 0
  const minutes = Number(m[2]) * 60 + Number(m[3] ?? 0)
  return minutes > 15 * 60 ? null : m[1] === '-' ? -minutes : minutes
}

/** The offset of a zone's name that means one zone nearly everywhere. */
export const knownZone = (name: string): number | undefined => zones.get(name.toLowerCase())

const zones = new Map(
  Object.entries({
    ...{ z: 0, ut: 0, utc: 0, gmt: 0, wet: 0, bst: 60, ist: 330, west: 60, cet: 60, cest: 120, met: 60, mest: 120 },
    ...{
      mez: 60,
      mesz: 120,
      eet: 120,
      eest: 180,
      msk: 180,
      msd: 240,
      trt: 180,
      gst: 240,
      pkt: 300,
      npt: 345,
      ict: 420,
    },
    ...{ wib: 420, wita: 480, wit: 540, jst: 540, kst: 540, hkt: 480, sgt: 480, pht: 480, irst: 210, idt: 180 },
    ...{ nst: -210, ndt: -150, ast: -240, adt: -180, est: -300, edt: -240, et: -300, cst: -360, cdt: -300, ct: -360 },
    ...{ mst: -420, mdt: -360, mt: -420, pst: -480, pdt: -420, pt: -480, akst: -540, akdt: -480, hst: -600, brt: -180 },
    ...{ art: -180, aest: 600, aedt: 660, acst: 570, acdt: 630, awst: 480, nzst: 720, nzdt: 780, cat: 120, eat: 180 },
    ...{ sast: 120, wat: 60 },
  }),
)
