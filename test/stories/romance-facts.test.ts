import { expect, test } from 'vitest'
import { factsIn } from '../../src/stories/rules/facts/facts-in.ts'
import { statedDate } from '../../src/stories/rules/facts/stated-date.ts'

/** Own sentences, each with the roles and figures that it tells. */
test.each([
  ['La Russie a lancé 120 drones et 5 missiles.', 'drones launched:120 launched:5'],
  ['Quatre-vingt-dix drones ont été abattus au-dessus de Dara.', 'drones shot down:90'],
  ['Trois personnes ont été tuées et 14 blessées, dont deux enfants.', 'killed:3 wounded:14'],
  ['Plus de 640 000 abonnés sont sans électricité.', 'without power:640000'],
  ['Les autorités ont évacué 163 personnes, dont 31 enfants.', 'moved:163'],
  ['La frappe a endommagé 14 maisons et deux écoles.', 'damaged:14 damaged:2'],
  ['Trois mille réfugiés sont rentrés chez eux.', 'returned:3000'],
  ['Deux secouristes sont portés disparus.', 'missing:2'],
  ['Cinq mille habitants sont privés d’eau.', 'without water:5000'],
  ['En 3 heures, l’ennemi a tiré quarante obus.', 'shells launched:40'],
  ['Le 27 novembre, quarante-sept personnes ont été tuées.', 'killed:47'],
  ['Douze mille quatre cents personnes ont fui leurs villages.', 'displaced:12400'],
  ['Le gouvernement a promis 40 millions d’euros.', ''],
  ['La frappe a fait douze morts et 30 blessés.', 'killed:12 wounded:30'],
  ['L’attaque a détruit six chars.', 'destroyed:6'],
  ['Au moins 1 200 riverains ont été évacués samedi.', 'moved:1200'],
  ['Rusia lanzó 120 drones y 5 misiles.', 'drones launched:120 launched:5'],
  ['Noventa drones fueron derribados sobre Dara.', 'drones shot down:90'],
  ['Tres personas murieron y 14 resultaron heridas, entre ellas dos niños.', 'killed:3 wounded:14'],
  ['Más de 640.000 usuarios están sin luz.', 'without power:640000'],
  ['Las autoridades evacuaron a 163 personas.', 'moved:163'],
  ['El ataque dañó 14 casas y dos escuelas.', 'damaged:14 damaged:2'],
  ['Tres mil refugiados volvieron a sus casas.', 'returned:3000'],
  ['Dos rescatistas están desaparecidos.', 'missing:2'],
  ['Cinco mil habitantes están sin agua.', 'without water:5000'],
  ['El 27 de noviembre murieron cuarenta y siete personas.', 'killed:47'],
  ['Doce mil cuatrocientas personas huyeron de sus aldeas.', 'displaced:12400'],
  ['El Gobierno prometió 40 millones de euros.', ''],
  ['El bombardeo dejó doce muertos y 30 heridos.', 'killed:12 wounded:30'],
  ['El ataque destruyó seis tanques.', 'destroyed:6'],
  ['Al menos 1.200 ribereños fueron evacuados el sábado.', 'moved:1200'],
  ['En 3 horas cayeron dos cohetes.', ''],
  ['La policía detuvo a cuatro hombres.', 'detained:4'],
  ['La guerre dure depuis trois ans et le blé coûte 12 pour cent de plus.', ''],
])('%s', (text, told) => {
  const facts = factsIn(text)
  expect(facts.map(({ role, low }) => `${role}:${low}`).join(' ')).toBe(told)
  for (const { value, start, end } of facts) expect(text.slice(start, end)).toBe(value)
})

test('words before a French or Spanish figure say how exact it is, and a body at the end says it', () => {
  expect(factsIn('Au moins 40 personnes ont été tuées, selon le HCR.')).toMatchObject([
    { bound: 'at least', value: 'Au moins 40', unit: 'people', speaker: 'HCR' },
  ])
  expect(factsIn('Murieron cerca de cuarenta personas, dijo la alcaldesa Rosa Paz.')).toMatchObject([
    { bound: 'about', unit: 'people', speaker: 'la alcaldesa Rosa Paz' },
  ])
})

test.each([
  ['Le 27 novembre, des missiles ont frappé la centrale.', '2026-11-27'],
  ['Lundi, un drone a frappé le port.', '2026-11-23'],
  ['Une frappe a détruit le pont le 12 novembre 2026.', '2026-11-12'],
  ['Un dépôt a brûlé dans la nuit du 26 au 27 novembre.', '2026-11-27'],
  ['Hier, un obus est tombé sur l’école.', '2026-11-27'],
  ['Depuis le 5 novembre, la ville est sans eau.', null],
  ['Le ministre a déclaré mardi que les troupes resteraient.', null],
  ['El 27 de noviembre varios misiles golpearon la central.', '2026-11-27'],
  ['El lunes un dron golpeó el puerto.', '2026-11-23'],
  ['Un ataque destruyó el puente el 12 de noviembre de 2026.', '2026-11-12'],
  ['Ayer un obús cayó en la escuela.', '2026-11-27'],
  ['Desde el 5 de noviembre la ciudad está sin agua.', null],
  ['El ministro dijo el martes que las tropas se quedan.', null],
  ['Placido Domingo sang in Santo Domingo for Mardi Gras.', null],
])('the event date of %s', (text, date) => expect(statedDate(text, '2026-11-28')).toBe(date))
