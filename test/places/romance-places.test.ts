import { expect, test } from 'vitest'
import { placesOf } from '../../src/places/rules/places-of.ts'

/** Own sentences, each with codes that it names; a sentence without codes names no place. */
type Sentence = [text: string, codes: string[]]

const french: Sentence[] = [
  ['Kiev a passé la nuit sans lumière.', ['UA-30']],
  ['À Kyïv, trois immeubles brûlent.', ['UA-30']],
  ['Moscou nie toute attaque.', ['RU']],
  ['Les combats ont repris au Soudan.', ['SD']],
  ['L’oblast de Kharkiv évacue deux villages.', ['UA-63']],
  ['La région de Kherson est privée d’eau.', ['UA-65']],
  ['Des roquettes sont tombées sur Odessa.', ['UA-51']],
  ['Zaporijjia compte ses morts.', ['UA-23']],
  ['Un drone a frappé Marioupol.', ['UA-14']],
  ['Le Liban attend le retrait israélien.', ['LB']],
  ['Des familles fuient El Fasher vers le Tchad.', ['SD', 'TD']],
  ['En Éthiopie, la sécheresse dure.', ['ET']],
  ['Le Soudan du Sud ferme sa frontière.', ['SS']],
  ['Goma manque d’eau depuis le siège.', ['CD-NK']],
  ['Au Nord-Kivu, les rebelles avancent.', ['CD-NK']],
  ['À Port-au-Prince, les gangs tiennent le port.', ['HT']],
  ['La Cisjordanie compte cent barrages de plus.', ['PS']],
  ['Les habitants de Khan Younès dorment dehors.', ['PS']],
  ['Le Burkina Faso et le Mali quittent l’organisation.', ['BF', 'ML']],
  ['En Birmanie, l’armée bombarde l’Arakan.', ['MM']],
  ['La Côte d’Ivoire accueille des éleveurs.', ['CI']],
  ['La Centrafrique vote dimanche.', ['CF']],
  ['Les Pays-Bas envoient deux avions.', ['NL']],
  ['Au Royaume-Uni, le parlement débat.', ['GB']],
  ['L’Arabie saoudite signe un pacte.', ['SA']],
  ['La Corée du Sud se tait.', ['KR']],
  ['Aux États-Unis, le Congrès bloque l’aide.', ['US']],
  ['Le Nigeria et le Niger rouvrent la route.', ['NG', 'NE']],
  ['Les Syriens d’Alep reviennent.', ['SY']],
  ['À Bangui, le marché est vide.', ['CF']],
  ['La République démocratique du Congo porte plainte.', ['CD']],
  ['En Géorgie, la foule reste dans la rue.', ['GE']],
  ['Le Donbass brûle.', ['UA-14']],
  ['La Crimée n’a plus d’essence.', ['UA-43']],
  ['À Belgorod, les écoles ferment.', ['RU-BEL']],
  ['Une raffinerie de Saratov brûle.', ['RU-SAR']],
  ['Le maire de Paris a parlé.', ['FR']],
  ['La Marne déborde.', []],
  ['Marie Niger a chanté hier.', []],
  ['Selon Jordan Martin, tout va bien.', []],
]

const spanish: Sentence[] = [
  ['Kiev pasó la noche sin luz.', ['UA-30']],
  ['En Járkov arden tres edificios.', ['UA-63']],
  ['Moscú niega el ataque.', ['RU']],
  ['Los combates volvieron a Sudán.', ['SD']],
  ['La región de Jersón se queda sin agua.', ['UA-65']],
  ['Cohetes cayeron sobre Odesa.', ['UA-51']],
  ['Zaporiyia cuenta a sus muertos.', ['UA-23']],
  ['Un dron golpeó Mariúpol.', ['UA-14']],
  ['El Líbano espera la retirada.', ['LB']],
  ['Huyen familias de El Fasher hacia Chad.', ['SD', 'TD']],
  ['En Etiopía sigue la sequía.', ['ET']],
  ['Sudán del Sur cierra la frontera.', ['SS']],
  ['En Goma falta agua.', ['CD-NK']],
  ['En Puerto Príncipe mandan las bandas.', ['HT']],
  ['Cisjordania suma cien controles.', ['PS']],
  ['En Jan Yunis se duerme fuera.', ['PS']],
  ['Malí y Burkina Faso dejan el bloque.', ['ML', 'BF']],
  ['En Birmania el ejército bombardea.', ['MM']],
  ['Costa de Marfil recibe pastores.', ['CI']],
  ['Los Países Bajos mandan dos aviones.', ['NL']],
  ['En el Reino Unido hay debate.', ['GB']],
  ['Arabia Saudí firma un pacto.', ['SA']],
  ['Corea del Sur calla.', ['KR']],
  ['En Estados Unidos el Congreso frena la ayuda.', ['US']],
  ['EE. UU. envía dos barcos.', ['US']],
  ['Nigeria y Níger abren la vía.', ['NG', 'NE']],
  ['Los sirios de Alepo regresan.', ['SY']],
  ['En Arauca volaron el oleoducto.', ['CO-ARA']],
  ['El Chocó está confinado.', ['CO-CHO']],
  ['En Nariño hubo otra masacre.', ['CO-NAR']],
  ['La crisis sigue en Haití.', ['HT']],
  ['Honduras vota el domingo.', ['HN']],
  ['En Michoacán quemaron camiones.', ['MX-MIC']],
  ['En Crimea no hay gasolina.', ['UA-43']],
  ['En Bélgorod cierran las escuelas.', ['RU-BEL']],
  ['Afganistán cerró los pasos.', ['AF']],
  ['Santiago Paz cantó ayer.', []],
  ['Según Jordan Martín, todo va bien.', []],
  ['La guerra en Yemen cumple diez años.', ['YE']],
  ['La República Democrática del Congo protesta.', ['CD']],
  ['Guayaquil amaneció a oscuras.', ['EC-G']],
]

const isRight = ([claim, codes]: Sentence): boolean => {
  const places = placesOf({ claim })
  if (codes.length === 0) return places.length === 0
  return codes.every((code) => places.some((place) => place === code || place.startsWith(`${code}-`)))
}

test.each([
  ['French', french],
  ['Spanish', spanish],
] as const)('places in %s are found in nineteen of twenty sentences', (_, sentences) => {
  expect(sentences.filter(isRight).length / sentences.length).toBeGreaterThanOrEqual(0.95)
})

test.each<Sentence>([
  ['La Russie attaque l’Ukraine.', ['RU', 'UA']],
  ['Les forces d’Israël reculent.', ['IL']],
  ['Il dit qu’Haïti brûle.', ['HT']],
  ['À L’Aquila, la terre tremble.', ['IT', 'IT-65']],
  ['La Côte d’Ivoire vote.', ['CI']],
])('a French article before a name is no part of it, where the name has none of its own: %s', (claim, codes) => {
  expect(placesOf({ claim })).toEqual(codes)
})

test('an article that begins a sentence is no first name and no town', () => {
  expect(placesOf({ claim: 'Le Liban attend.' })).toEqual(['LB'])
  expect(placesOf({ claim: 'La Crimée manque d’eau.' })).toEqual(['UA', 'UA-43'])
})

test('the doubled letters of the United States in Spanish are one name', () => {
  expect(placesOf({ claim: 'Rusia y los EE. UU. negocian.' })).toEqual(['RU', 'US'])
})
