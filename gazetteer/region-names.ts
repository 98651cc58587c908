/** Words for kinds of regions, which stand in a region's full name and which reports leave out: `Kharkiv Oblast`. */
const latinKinds =
  'autonomous republic|autonomous region|autonomous province|autonomous okrug|autonomous district|autonomous city|federal district|' +
  'capital region|capital district|capital territory|national district|metropolitan city|république autonome|república autónoma|' +
  'oblast|óblast|region|région|región|regional state|province|provincia|governorate|gouvernorat|gobernación|governatorato|state|' +
  'estado|état|prefecture|préfecture|prefectura|department|département|departamento|county|republic|république|república|territory|' +
  'krai|okrug|district|distrito|municipality|voivodeship|voïvodie|voivodato|canton|parish|division|emirate|raion|rayon|wilaya|' +
  'sheng|shi|zizhiqu|city|commune|comté|condado'
const cyrillicKinds =
  'автономна республіка|автономная республика|автономний округ|автономный округ|автономная область|республіка|республика|область|край|' +
  'провінція|провинция|мухафаза|губернаторство|штат|департамент|округ|район|префектура|воєводство|воеводство|регіон|регион|кантон|графство'
const arabicKinds = 'محافظة|ولاية|مقاطعة|إقليم|منطقة|جمهورية|إمارة'

const kinds = `${latinKinds}|${cyrillicKinds}|${arabicKinds}`
const kindBefore = new RegExp(`^(?:${kinds}) (?:(?:of|de la|de los|de|du|del|des|di)(?: the)? |d['’]|de l['’])?`, 'iu')
const kindBehind = new RegExp(` (?:${kinds}|أوبلاست)$`, 'iu')

/** A region's name without the word for its kind: `Kharkiv Oblast`, `Óblast de Járkov`, `Харківська область`. */
export function withoutKind(name: string): string {
  const bare = name.replace(kindBehind, '').replace(kindBefore, '')
  return bare.length > 2 ? bare : name
}

/** Directions and waters are names of regions only beside a word for their kind. */
export const generalNames =
  'north;south;east;west;northern;southern;eastern;western;central;centre;center;northeast;northwest;southeast;southwest;northeastern;' +
  'northwestern;southeastern;southwestern;upper;lower;nord;sud;est;ouest;norte;sur;este;oeste;federal;capital;islands;union;littoral;' +
  'coast;lakes;lake;rivers;river;delta;plateau;highlands;red sea;blue nile;white nile;river nile;nile;north central;' +
  'північна;південна;східна;західна;центральна;северная;южная;восточная;западная;центральная;الشمال;الجنوب;الشرقية;الشمالية;الغربية;' +
  'الجنوبية;الوسطى'
