import { termsIn } from './terms.ts'

/**
 * In which share of statements a word stands before a stream has taught it: words that news of wars, disasters and
 * politics uses all the time. The stream's own counts soon outweigh them.
 */
export function usualShare(term: string): number {
  return shares.get(term) ?? 0
}

const everywhere = 'Russia Russian Ukraine Ukrainian said says officials people'
const often = `
  Kyiv Moscow war attack attacks strike strikes missile missiles drone drones killed wounded city region oblast country
  forces military troops army government president minister ministry state security report reported authorities
  according year day week month time new first least number claimed stated told announced continue continued since`
const seldom = `
  air defence defense launched hit struck damaged destroyed fire shelling targeted overnight massive attacked killing
  civilians residents children families home homes houses building buildings infrastructure energy power electricity water
  plant facilities facility nuclear port oil refinery warehouse bridge capital district area areas territory border front line
  south southern north northern east eastern west western central near across part parts occupied occupation
  injured dead deaths died victims injuries wounded evacuated evacuation displaced refugees humanitarian aid help support
  agreement talks peace deal guarantees ceasefire negotiations sanctions allies alliance NATO EU European Europe US American
  United States Nations international foreign leader leaders chief head spokesperson spokesman governor mayor adviser council
  statement comment warned called asked ordered planned plans likely possible major large largest high long early late
  Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August September
  October November December today morning night evening days weeks months hundred hundreds thousand thousands million dozens
  operation operations campaign effort efforts attempt group groups members service services staff workers company agency
  intelligence general commander soldiers weapons systems use used using made make take took set show shown remain remained
  one two three four five six seven eight nine ten several many including following despite around another back put left
  move moved work working place situation conditions response result source sources media news`

const shares = new Map<string, number>([
  ...termsIn(seldom).map((term) => [term, 0.03] as const),
  ...termsIn(often).map((term) => [term, 0.08] as const),
  ...termsIn(everywhere).map((term) => [term, 0.2] as const),
])
