/**
 * The offset at which the first sentence begins behind a standfirst, the line below a title that ends with no full stop:
 * `Rail line closed for a week A landslide has …`. 0 where a text has none.
 */
export function standfirstEnd(text: string): number {
  const head = text.slice(0, maxLength)
  if (!mayFollow.test(head)) return 0
  const found = /[.!?…:;]["”’)]?\s/.exec(head)
  const line = found ? head.slice(0, found.index + 1) : head
  const opening = behind.exec(line)
  return opening && !isName.test(line.slice(0, opening.index)) ? opening.index + 1 : 0
}

/** A standfirst has at least so many characters, and ends within so many. */
const minLength = 25
const maxLength = 300

const openers =
  'An?|The|More than|At least|Nearly|Almost|About|Dozens|Hundreds|Thousands|Tens of|Two|Three|Four|Five|Six|Several|Some|Many|' +
  'Residents|Officials|Police|Authorities|Rescuers|Rescue|Emergency|Firefighters|It|He|She|They|There|These|This|After|When|While|Since|Earlier|In|On'

/** A word that begins sentences, behind a word in small letters and before another one. */
const behind = new RegExp(`(?<=^.{${minLength},}\\p{Ll}) (?=(?:${openers}) (?:\\p{Ll}|\\d))`, 'u')
const mayFollow = new RegExp(`\\p{Ll} (?:${openers}) (?:\\p{Ll}|\\d)`, 'u')

/** Words whose names go on with a letter or a number: `vitamin A`, `grade A`, `phase Two`. */
const isName =
  /\b(?:vitamin|hepatitis|influenza|grade|category|class|group|type|plan|list|section|schedule|annex|part|point|phase|option|line|block|wing|unit|zone|team|series|serie|stage|round|level|terminal|gate|hall|building|room|route|called|titled|named)$/i
