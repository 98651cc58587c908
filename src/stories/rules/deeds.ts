/** Whether a text tells of something that was done or happened at one time: `struck`, `missiles hit`, `an attack kills`. */
export function tellsDeed(text: string): boolean {
  const told = text.replace(ended, ' ').replace(mentioned, ' ')
  return signs.some((sign) => sign.test(told))
}

/** Attacks that end are no deed: `halts its strikes on the port`. */
const ended =
  /\b(?:stop|halt|end|suspend|pause|cease)(?:s|p?ed|d)? (?:(?:all|its|their|the|further|drone|missile|air) ){0,3}(?:attacks|strikes|raids|shelling|bombing) on\b/giu

const attackNoun = '(?:attack|strike|missile|drone|rocket|shell|shelling|bomb|bombardment|barrage|raid)s?'
/** What an attack does: an effect makes a deed of it, where the noun alone may be one of many. */
const effect =
  '(?:kill|hit|damage|destroy|injure|wound|spark|cause|trigger|set|cut|knock|plunge|leave|left|put|wreck|ignite|target)'
/** A noun in the plural that may do a deed, so that `strike` or `attack` behind it is its verb. */
const doers =
  '(?:drones?|missiles|rockets|forces|troops|soldiers|jets|warplanes|planes|gunmen|militants|rebels|fighters|settlers|militias?)'
const presentVerb = '(?:attack|strike|target|pound|shell|bomb|bombard|raid|storm|sink|ram)'
/** A country or an army: behind an adjective, `strikes` is a noun. */
const attacker = String.raw`\p{Lu}\p{L}+(?<!ian|ish|ese|eli|aqi|eni)`
const inTitleCase = (words: string) => words.replace(/\b\p{Ll}/gu, (letter) => letter.toUpperCase())
/** Attacks that a text only speaks of: `cannot keep up the pace of its strikes on the grid`. */
const mentioned =
  /\b(?:pace|rate|threats?|risks?|fears?|prospect|possibility) of (?:(?:new|further|more|its|their|the|missile|drone|air) ){0,3}(?:attacks?|strikes?|raids?) on\b/giu

/** Behind these words a verb of a headline would have no object: `attacks on`, `strikes that`. */
const noObject =
  '(?:on|by|of|in|at|from|near|since|after|against|across|into|that|which|who|are|were|is|was|have|has|had|will|may|could|and|or|to|for)'

const signs = [
  /\b(?:attacks?|strikes?|assaults?|raids?) on\b/i,
  /\b(?:struck|hits?|attacked|shelled|bombed|bombarded|pounded|raided|stormed|ambushed|rammed|sank|sunk|downed|ablaze|burns|on fire|caught fire)\b/i,
  /\b(?:fired|fires (?:about|some|over|more|nearly|dozens|hundreds|\d+)|launch(?:ed|es)?|explosions?|exploded|blasts?|blew|destroy(?:ed|s)|kill(?:ed|s)?|earthquakes?|quakes?|assaults?)\b/i,
  new RegExp(String.raw`\b${attackNoun} (?:ha(?:s|ve) )?${effect}(?:e?[sd]|ted|s)?\b`, 'i'),
  new RegExp(String.raw`\b${doers} ${presentVerb} (?!${noObject}\b)`, 'i'),
  new RegExp(String.raw`${attacker} ${presentVerb}e?s (?!${noObject}\b)\p{L}`, 'u'),
  new RegExp(String.raw`${attacker} ${inTitleCase(presentVerb)}e?s \p{Lu}`, 'u'),
  /\bunder (?:\p{L}+ ){0,3}(?:attack|bombardment|shelling)\b|\b(?:comes?|came) under (?:\p{L}+ ){0,3}fire\b/iu,
  /(?<!\b(?:and|or|is|are|was|were|being) )\btargeted (?:the |a |an |several |two |three |\d+ )?(?!attacks?\b|strikes?\b|raids?\b|by\b|in\b|at\b|for\b|with\b)\p{L}/iu,
  /\blos(?:es|t) (?:all |its |their |external |outside |off-site )*(?:power|electricity)\b(?! (?:to|over)\b)/i,
  /\b(?:is|are|was|were) (?:targeted|raided|bombarded)\b|\bdamaged (?:in|by|after) (?:\p{L}+ ){0,3}(?:attack|strike|drone|missile|shell)/iu,
  /\bconduct(?:s|ed) (?:\p{L}+ ){0,8}(?:strikes?|attacks?|raids?)\b/iu,
]
