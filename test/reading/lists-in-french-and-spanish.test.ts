import { expect, test } from 'vitest'
import { read } from '../../src/reading/rules/read.ts'
import { listNameKind } from '../../src/reading/rules/takeaways/list-names.ts'

test.each([
  'Points à retenir',
  'Temps forts',
  'Grandes lignes',
  'Idées forces',
  'Nos trois points clés',
  'Infos clés',
  'Constats clés en mai',
  'Cinco claves',
  'Ideas fuerza',
  'Lo más relevante',
  'Puntos salientes',
  'Tendencias clave',
  'Aspectos más destacados',
  'Główne wnioski',
  'Schlüsselbotschaften',
  'O principal',
  'Başlıca gelişmeler',
])('"%s" names a list of takeaways', (name) => expect(listNameKind(name)).toBe('name'))

test.each(['En bref', 'L’actu en bref', 'Ce que l’on sait', 'En síntesis', 'Lo que sabemos', 'Novedades'])(
  '"%s" names one near the head of a report only',
  (name) => expect(listNameKind(name)).toBe('opener'),
)

test.each([
  'Points de vente',
  'Mots clés',
  'Événements à venir',
  'Pièces à fournir',
  'Puntos de encuentro',
  'Palabras clave',
  'Datos de contacto',
  'Ideas para el fin de semana',
])('"%s" names none', (name) => expect(listNameKind(name)).toBeNull())

const items = {
  fr: [
    'M. Diallo a quitté Dara avec le gén. Keïta, d’après l’art. 12 de l’accord.',
    '« La route est coupée. » Le maire l’a dit lundi.',
    'Près de 1 200 riverains dorment au stade.',
  ],
  es: [
    'El Sr. Ruiz dejó Dara con el Gral. Soto, según el art. 12 del acuerdo.',
    'La vía está cortada. Lo dijo el alcalde el lunes.',
    'Cerca de 1.200 ribereños duermen en el coliseo.',
  ],
}
const around = {
  fr: [
    'Cette note paraît chaque lundi.',
    'Le marché a rouvert. Les prix du mil ont baissé, et les éleveurs descendent vers le fleuve.',
  ],
  es: ['Esta nota sale cada lunes.', 'El mercado abrió. El maíz bajó de precio, y los ganaderos bajan hacia el río.'],
}
const shapes: [name: string, markup: (items: string[]) => string][] = [
  ['bullets', (all) => `<ul>${all.map((item) => `<li>${item}</li>`).join('')}</ul>`],
  ['numbered paragraphs', (all) => all.map((item, i) => `<p>${i + 1}/ ${item}</p>`).join('')],
  ['dashes', (all) => all.map((item) => `<p>– ${item}</p>`).join('')],
]

test.each(
  shapes.flatMap(([shape, markup]) => [
    { language: 'fr' as const, name: 'Points à retenir', shape, markup },
    { language: 'es' as const, name: 'Ideas fuerza', shape, markup },
  ]),
)('a list in $language of $shape is taken whole', ({ language, name, markup }) => {
  const [before, after] = around[language]
  const html = `<h1>Dara</h1><p>${before}</p><h2>${name}</h2>${markup(items[language])}<h2>Dara</h2><p>${after}</p>`
  const stated = read({ html, title: 'Dara', language }, []).takeaways.filter(({ kind }) => kind === 'stated')
  expect(stated.map(({ text }) => text)).toEqual(items[language])
})

test.each([
  ['fr', 'Ingrédients essentiels', ['Une courge de deux kilos.', 'Deux oignons rouges.', 'Un demi-litre de lait.']],
  [
    'es',
    'Requisitos destacados',
    ['Tener menos de veinte años.', 'Vivir en la región.', 'Presentar un texto inédito.'],
  ],
])('a list of other things in %s is none of takeaways', (language, name, others) => {
  const html = `<h1>Dara</h1><p>Dara.</p><h2>${name}</h2><ul>${others.map((item) => `<li>${item}</li>`).join('')}</ul>`
  expect(read({ html, language }, []).takeaways.filter(({ kind }) => kind === 'stated')).toEqual([])
})
