import { spellingKey } from './spelling.ts'

/**
 * Who attacks in a text: `Russian missiles hit`, `Ukraine launches drones`, `an attack by Ukraine`. A people and its
 * country are one: the key is the beginning of the name.
 */
export function attackersIn(text: string): Set<string> {
  const found = new Set<string>()
  for (const { groups } of text.matchAll(attack)) {
    const name = groups?.weapon ?? groups?.doer ?? groups?.by ?? ''
    if (!notNames.has(name)) found.add(spellingKey(name).slice(0, 4))
  }
  return found
}

const between =
  '(?:cruise|ballistic|hypersonic|kamikaze|guided|long-range|air|aerial|glide|massive|mass|deadly|fresh|new|overnight|night-time|large-scale|combined|missile|drone|and)'
const weapons =
  '(?:drones?|missiles?|rockets?|bombs?|strikes?|airstrikes?|attacks?|shelling|shells|bombardments?|artillery)'
const deeds =
  '(?:attacks?|attacked|attacking|hits?|struck|strikes|shelled|shells|bombed|bombs|fires|fired|launch|launches|launched|pounds|pounded|bombarded|targets|targeted)'
const attack = new RegExp(
  `\\b(?<weapon>\\p{Lu}\\p{L}{3,20}) (?:${between} ){0,3}${weapons}\\b|\\b(?<doer>\\p{Lu}\\p{L}{3,20})(?: forces| troops| army)?(?: has| have)? ${deeds}\\b|\\b(?:attack|attacks|strike|strikes|drones|missiles|fired|launched) (?:by|from) (?<by>\\p{Lu}\\p{L}{3,20})\\b`,
  'gu',
)

/** Words with a capital that are no name of an attacker: they begin a sentence or a title, or name a weapon. */
const notNames = new Set(
  (
    'More When After Over Overnight Several Many This That These Those Deadly Massive Drone Missile With What Were Have Been People Some They ' +
    'Power Shahed Kinzhal Iskander Kalibr Iranian British American Storm Air Under Before During Despite Following Renewed Fresh Night Major'
  ).split(' '),
)
