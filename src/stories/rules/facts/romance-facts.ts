import { clauseFactsIn, type FactVocabulary } from './clause-facts.ts'
import type { Bound, Fact } from './fact.ts'
import { romanceEventIn, romanceThingAt } from './romance-fact-words.ts'

/** Whether a text is French or Spanish, by its commonest words; letters with accents count as one more. */
export function isRomance(text: string): boolean {
  const own = (text.match(common)?.length ?? 0) + (accented.test(text) ? 1 : 0)
  return own >= 2 && own > 2 * (text.match(english)?.length ?? 0)
}

const common =
  /(?<!\p{L})(?:les?|la|des|du|de|et|une?|dans|sur|ont|été|est|sont|sans|à|aux?|plus|près|dont|el|los|las|del|y|en|con|por|que|sobre|contra|personnes|personas|maisons|casas|fue|fueron|han?|sin|más|sus|entre|están?)(?!\p{L})|[dlDL]’(?=\p{L})/giu
const accented = /[àáâçèéêëíîïñóôùúûœ]/i
const english = /\b(?:the|of|and|in|to|were|was|at|by|with|from|said|for|on)\b/gi

/** The figures of a sentence in French or Spanish whose role is certain; offsets count in the sentence. */
export const romanceFactsIn = (sentence: string, speaker: string | null): Fact[] =>
  clauseFactsIn(sentence, speaker, romance)

const romance: FactVocabulary = {
  eventIn: romanceEventIn,
  thingAt: romanceThingAt,
  joints: /[,;:—–(]\s?| (?:et|ou|mais|y|e|pero|mientras|tandis que) /gu,
  stops:
    /^(?:à|au|aux|dans|en|sur|sous|par|pour|avec|sans|et|ou|qui|que|ont|a|est|sont|étaient|près|après|lors|depuis|selon|vers|ha|han|fue|fueron|está|están|con|sin|por|para|y|o|tras|según|durante|desde|cerca|contra|hacia|un|une|una)$/iu,
  notPersons:
    /^(?:fois|vez|veces|attaque|ataque|frappe|raid|explosi|têtes?$|cabezas?$|anima|vache|vaca|mouton|oveja|combat)/iu,
  part: /(?:dont|parmi (?:eux|elles|lesquels|lesquelles)|y compris|entre (?:ellos|ellas|los que|las que)|incluid[oa]s?|de l[oa]s cuales)[^,]*$/iu,
  unit: /^[ \u00a0]?(?:%|€|\$|pour cent|por ciento|(?:(?:mille|millions?|milliards?|mil|millones|millón) )?(?:d[’']|de )?(?:ans?|années?|mois|semaines?|jours?|heures?|h|minutes?|secondes?|nuits?|kilomètres?|km|mètres?|m²?|tonnes?|litres?|degrés?|barils?|mégawatts?|mw|euros?|dollars?|roubles?|hryvnias?|fois|pays|points?|hectares?|siècles?|kilos?|kg|voix|sièges?|años?|mes|meses|semanas?|días?|horas?|minutos?|segundos?|noches?|kilómetros?|metros?|toneladas?|litros?|grados?|barriles|megavatios?|dólares|pesos|rublos?|grivnas?|veces|países|puntos?|hectáreas?|siglos?|votos?|escaños?)(?!\p{L}))/iu,
  hedges:
    /(?<!\p{L})(?:au moins|plus de|près de|environ|quelque|à peine|jusqu[’']à|au plus|moins de|presque|autour de|seulement|au minimum|al menos|más de|cerca de|unos|unas|alrededor de|hasta|como máximo|menos de|casi|aproximadamente|por lo menos|apenas|solo|como mínimo) $/iu,
  boundOf,
}

function boundOf(hedge: string): Bound {
  if (hedge === '' || /seulement|solo|apenas|à peine/i.test(hedge)) return null
  if (/au moins|al menos|por lo menos|plus de|más de|minimum|mínimo/i.test(hedge)) return 'at least'
  return /jusqu|au plus|moins de|hasta|máximo|menos de/i.test(hedge) ? 'up to' : 'about'
}
