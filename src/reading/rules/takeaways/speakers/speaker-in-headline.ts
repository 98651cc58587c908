import { isProperName, speakerIn } from './speaker-name.ts'
import { headlineNames, speakerKind } from './speaker-words.ts'

/**
 * The speaker of a headline: `Mayor Koval: the bridge is open`, or `The bridge is open – minister`. A place or a label
 * before the colon is no speaker, so the name must hold an office, a body or a well-known name.
 */
export function headlineSpeaker(text: string): string | null {
  const front = /^([^:,.;“”"«»?!]{2,60}): (.{8,})/su.exec(text)
  if (front?.[1] && front[2]) {
    const before = labelSpeaker(front[1]) ?? (/^["“«]/.test(front[2]) ? quotedName(front[1]) : null)
    if (before && !/^(?:what|how|why|who|when|where)\b/i.test(front[2])) return before
  }
  const back = /^(.{16,240}?)(?::| [–—-]) ([^:.;,“”"«»?!–—]{2,60})$/su.exec(text.trim())
  return back?.[1] && back[2] && /\s\S+\s/.test(back[1]) ? labelSpeaker(back[2]) : null
}

/** The speaker that a label names, where nothing else can be meant. */
function labelSpeaker(label: string): string | null {
  const words = label.trim().split(/\s+/)
  const isKnown =
    words.length <= 3 && words.some((word) => headlineNames.has(word.toLowerCase()) && /^\p{Lu}/u.test(word))
  const last = (words.at(-1) ?? '').toLowerCase()
  const holdsOffice = words.some((word) => speakerKind(word) === 'office' || institutions.has(word.toLowerCase()))
  const isOne = words.length <= 6 && (isKnown || institutions.has(last) || holdsOffice)
  return isOne && !/^\d/.test(label) && words.every((word) => !verb.test(word)) ? speakerIn(label.trim()) : null
}

/** A label with a verb is a sentence: `The ministry warns parents: stay at home`. */
const verb =
  /^(?:says?|said|warns?|tells?|told|urges?|asks?|calls?|wants?|names?|is|are|was|were|has|have|had|will|to)$/i

function quotedName(label: string): string | null {
  return isProperName(label) && label.split(' ').length <= 3 ? speakerIn(label) : null
}

/** Words of bodies and people that a headline names before a colon; the others may be labels of subjects. */
const institutions = new Set(
  'ministry council police army navy officials authorities prosecutors residents witnesses rescuers analysts experts watchdog agency operator parliament court union ombudsman kremlin staff presidency'.split(
    ' ',
  ),
)
