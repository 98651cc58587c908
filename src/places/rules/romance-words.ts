import { placeIndex } from './place-index.ts'
import { placeKey } from './place-key.ts'

/**
 * Words beside a name in French and Spanish, as parts of patterns: prepositions of place and verbs of striking; where from; what
 * may stand between; what says behind a name that it is a place; words for grammar.
 */
export const romanceRoles = {
  placeWord:
    'à|en|près|sur|sobre|au|aux|chez|vers|dans|devant|autour|entre|sous|hors|hacia|cerca|contra|ante|junto|alrededor|bajo|hasta|' +
    '(?:bombard|pilonn|frapp|attaqu|vis|atteign|quitt|fui|évacu|occup|assièg|encercl|golpe|atac|bombarde|alcanz|abandon|evacu|ocup|asedi|rode)\\p{L}*|touché|touchent|toucha|huye|huyen|huyeron',
  wayWord: 'de|depuis|des|du|del|desde|por|para|pour|via|jusqu',
  between:
    'de|la|le|las|los|del|du|ville|village|port|capitale|île|province|région|oblast|banlieue|environs|abords|nord|sud|est|ouest|ciudad|pueblo|aldea|puerto|capital|isla|región|provincia|óblast|afueras|norte|sur|este|oeste|un|une|l|d',
  behindPlace:
    'a|ont|est|sont|était|étaient|été|ha|han|está|están|fue|fueron|sigue|siguen|brûle|brûlent|évacue|attend|attendent|compte|manque|reste|privée?|sans|sous|arde|arden|espera|cuenta|queda|quedó|sin|bajo|amaneció|pasó|vote|vota|rouvre|abre|ferme|cierra|accueille|recibe|signe|firma|acuse|acusa',
  lastWord: 'saoudite|saudita|saudí|dominicaine|dominicana|équatoriale|ecuatorial|occidental|occidentale',
  functionWord:
    'et|ou|mais|dans|à|au|aux|sur|pour|de|du|des|par|avec|que|qui|où|quand|était|a|ont|après|avant|y|e|o|pero|en|para|con|por|cuando|era|fue|ha|han|tras|antes',
} as const

/** Articles and contractions with a capital begin a sentence; towns and people of these names are not meant. */
export const romanceArticles = /^(?:Le|La|Les|Los|Las|El|Un|Une|Una|Des|Du|Del|Au|Aux|En|Et|De)$/

/**
 * A word without the article or preposition that French writes together with it: `L’Ukraine` and `d’Alep` are Ukraine and Aleppo.
 * `L’Aquila` and `Côte d’Ivoire` keep it.
 */
export function withoutElision(raw: string): string {
  const [, name] = /^(?:[LlDd]|[Qq]u)['’](\p{Lu}.*)$/u.exec(raw) ?? []
  if (name === undefined) return raw
  const whole = placeKey(raw)
  const index = placeIndex()
  if (index.continuesLonger(whole) && /^d/.test(raw)) return raw
  const isWhole = /^\p{Lu}/u.test(raw) && index.find(whole) !== undefined && index.find(placeKey(name)) === undefined
  return isWhole ? raw : name
}
