/** One party of a conflict: its adjectives, and the names by which it acts. */
type Side = { adjectives: string; names: string }

const sides: Record<string, Side> = {
  russia: { adjectives: 'Russian', names: 'Russia|Moscow|The Kremlin|Putin' },
  ukraine: { adjectives: 'Ukrainian', names: 'Ukraine|Kyiv|Kiev|Zelensky{1,2}' },
  israel: { adjectives: 'Israeli|IDF', names: 'Israel|The IDF|Netanyahu' },
  palestine: { adjectives: 'Palestinian|Hamas', names: 'Hamas|Islamic Jihad|Palestinians' },
  lebanon: { adjectives: 'Lebanese|Hezbollah', names: 'Lebanon|Hezbollah' },
  iran: { adjectives: 'Iranian', names: 'Iran|Tehran' },
  america: { adjectives: 'American|US|U\\.S\\.', names: 'The US|The U\\.S\\.|The United States|Washington|Trump' },
  yemen: { adjectives: 'Yemeni|Houthi', names: 'Yemen|The Houthis|Houthis' },
  syria: { adjectives: 'Syrian', names: 'Syria|Damascus' },
  turkey: { adjectives: 'Turkish', names: 'Turkey|Türkiye|Ankara' },
  rsf: { adjectives: 'RSF|Rapid Support Forces', names: 'The RSF|RSF|The Rapid Support Forces' },
  sudan: { adjectives: 'Sudanese|SAF', names: 'The Sudanese army|The SAF|Khartoum' },
  congo: { adjectives: 'Congolese', names: 'Kinshasa|The Congolese army' },
  m23: { adjectives: 'M23|Rwandan', names: 'M23|The M23|Rwanda|Kigali' },
  india: { adjectives: 'Indian', names: 'India|New Delhi' },
  pakistan: { adjectives: 'Pakistani', names: 'Pakistan|Islamabad' },
  afghanistan: { adjectives: 'Afghan|Taliban', names: 'The Taliban|Taliban|Afghanistan|Kabul' },
  armenia: { adjectives: 'Armenian', names: 'Armenia|Yerevan' },
  azerbaijan: { adjectives: 'Azerbaijani|Azeri', names: 'Azerbaijan|Baku' },
  thailand: { adjectives: 'Thai', names: 'Thailand|Bangkok' },
  cambodia: { adjectives: 'Cambodian', names: 'Cambodia|Phnom Penh' },
  northKorea: { adjectives: 'North Korean', names: 'North Korea|Pyongyang' },
  southKorea: { adjectives: 'South Korean', names: 'South Korea|Seoul' },
  china: { adjectives: 'Chinese', names: 'China|Beijing' },
  taiwan: { adjectives: 'Taiwanese', names: 'Taiwan|Taipei' },
}

/** Words with a small or a capital first letter: headlines write both. */
const anyCase = (words: string) => words.replace(/(?<=^|\|)\p{Ll}/gu, (letter) => `[${letter.toUpperCase()}${letter}]`)

const deeds = anyCase(
  'air ?strikes?|strikes?|attacks?|assaults?|raids?|bombardments?|bombings?|barrages?|shelling|offensives?|counter-?offensives?|' +
    'counter-?attacks?|incursions?|advances?|drones?|missiles?|rockets?|shells?|bombs?|artillery|jets?|warplanes?|aircraft|fire',
)
const bodies = anyCase('forces|troops|soldiers|army|military|navy|air force|units|militants|fighters|settlers')

/** Words that may stand between a side and its deed: `Russian ballistic missile and drone strikes`. */
const between =
  '(?:(?!(?:in|on|of|to|from|against|with|by|at|over|as|after|for|who|that|which)\\s)[\\p{L}-]{2,20} ){0,3}'
/** The officials and sources of a military are not its soldiers, and what is struck does not strike. */
const isNoForce =
  '(?! (?:sources?|officials?|leaders?|leadership|command(?:ers?)?|spokes\\p{L}+|bloggers?|authorities|analysts?|intelligence|' +
  'said|says?|claim(?:s|ed)?|report(?:s|ed)|stated|announced|confirmed|denied|den(?:y|ies)|told|warned|aid|targets?|positions?|' +
  'infrastructure|objects|facilit\\p{L}+|losses)(?!\\p{L}))'

/** Words of victims and places behind `Kyiv strikes`, where Kyiv was struck. */
const isStruck =
  '(?! (?:kill|leave|left|injur|wound|damag|destroy|hit|in|on|as|and|after|that|were|are|have|had)\\p{Ll}*(?!\\p{L}))'
/** Verbs that stand behind the one who strikes; a form that may be passive needs an object. */
const strike = [
  '(?:has |have |had )?(?:[Ll]aunch(?:es|ed)|[Ff]ire[sd]|[Cc]arried out|[Cc]onduct(?:s|ed)|[Ii]nvade[sd]|[Bb]ombs|[Ss]hells|[Pp]ounds|[Pp]ummels|[Hh]ammers)',
  '(?:has|have|had) (?:hit|struck|attacked|targeted|shelled|bombed|destroyed|damaged|killed)',
  '[Hh]its|[Tt]argets|[Kk]ills|[Dd]estroys|[Dd]amages|[Ss]eizes|[Cc]aptures|[Ss]teps up',
  `(?:[Ss]trikes|[Aa]ttacks)${isStruck}`,
  "(?:[Hh]it|[Ss]truck|[Aa]ttacked|[Tt]argeted|[Ss]helled|[Bb]ombed|[Dd]amaged|[Dd]estroyed) (?:an?|the|its|key|major|more|several|dozens|two|three|\\p{Lu}[\\p{L}’']+)",
].join('|')

/** The words of alternatives without their articles; a word that may go on counts as its beginning. */
const wordsOf = (alternatives: string): string[] =>
  alternatives.split('|').map((word) =>
    word
      .replace(/^The /, '')
      .replace(/y\{1,2\}$/, 'y')
      .replaceAll('\\.', '.'),
  )

const acts = Object.entries(sides).map(([side, { adjectives, names }]) => {
  const named = names.replace(/The /g, '[Tt]he ')
  return {
    side,
    words: wordsOf(`${adjectives}|${names}`),
    acts: new RegExp(
      `(?<![\\p{L}-])(?:(?:${adjectives}|(?:${named})[’']s) ${between}(?:(?:${deeds})|(?:${bodies})${isNoForce})(?![\\p{L}])|` +
        `(?:${named}) (?:${strike})(?![\\p{L}])|by (?:${named})(?![\\p{L}’'-]))`,
      'u',
    ),
  }
})

/** The side that a word names. */
const sideOf = new Map(acts.flatMap((side) => side.words.map((word) => [word, side] as const)))
const anySide = new RegExp(`\\b(?=[A-Z])(?:${[...sideOf.keys()].map((word) => RegExp.escape(word)).join('|')})`, 'g')

/** The sides of a conflict that a text names. */
export const sidesIn = (text: string): Set<string> => new Set(namedIn(text).map(({ side }) => side))

/** The sides of a conflict that a text says strike, attack or move their forces. */
export function actorsIn(text: string): Set<string> {
  const acting = namedIn(text).filter((side) => side.acts.test(text))
  return new Set(acting.map(({ side }) => side))
}

const namedIn = (text: string) => [...new Set(text.match(anySide)?.flatMap((word) => sideOf.get(word) ?? []))]

/** Whether a text tells what both sides do to each other. */
export const isMutual = (text: string): boolean =>
  /\b(?:each other|one another|both (?:sides|countries|armies))\b/i.test(text)
