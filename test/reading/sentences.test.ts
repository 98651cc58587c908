import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sentencesOf } from '../../src/reading/rules/takeaways/sentences.ts'

const split = (text: string) => sentencesOf(text).map(({ start, end }) => text.slice(start, end))

test.each([
  ['Gen. Koval met Dr. Ivan S. Petrenko of the U.S. Embassy. They spoke.', 2],
  ['The town lies 3.5 km from the line. It is empty.', 2],
  ['The wells lack services.The families need tents. It is cold.', 3],
  ['The camp closed in 2017.An agency moved the families.', 2],
  ['The firm Booking.Com Holdings moved to Dara.', 1],
  ['He wrote: “We stay. We wait.” Nobody left.', 3],
  ['They left at 5 a.m. on Monday. The road was open.', 2],
  ['Fighting reached the U.S. The president spoke.', 2],
  ['See No. 5 and Art. 12 of the law.', 1],
  ['Обстріл у м. Дара тривав. Люди поїхали.', 2],
  ['Shells fell across Dara Oblast. Two homes burned.', 2],
  ['They walked down Mill St. The road was dry.', 2],
  ['Fires burned in Dara obl. Officials sent help.', 2],
  ['The ferry to St. Anne sails at noon.', 1],
  ['The ford lies on the road to Dara, 5 km. Villagers use it.', 2],
  ['The mayor said no. Dara stays open.', 2],
  ['У 2021 р. Дара мала 9 тис. мешканців. Люди поїхали.', 2],
  ['Пожежі тривали в Дарській обл. Люди поїхали.', 2],
  ['О 8 год. 30 хв. у м. Дара на бульв. Лісовий згасло світло. Люди поїхали.', 2],
  ['Проф. Коваль, підполк. Лис і мол. лейт. Гай бачили це біля о. Довгий. Їх троє.', 2],
  ['Шлях зайняв 12 год. Люди поїхали.', 2],
  ['Міст у хут. Новий коштував 3 тис. дол. США у першій пол. 2021 р. Люди поїхали.', 2],
  ['В посёлке им. Петрова 26 нояб. 2021 г. Дарья открыла школу.', 1],
  ['Am 18. November schloss Dr. Weber die Brücke. Sie ist alt.', 2],
  ['The guard of Dara carried a. 38-caliber gun. Nobody fired.', 2],
  ['A mill burned on E. 52nd Street. Nobody slept.', 2],
  ['The mill burned before 9. 30am on Monday. Nobody slept.', 2],
  ['They fled in World War I. 52nd Street was empty.', 2],
  ['The bridge closed at 9. 30 villagers waited.', 2],
  ['Der Damm brach um 9 Uhr. Weber ging.', 2],
  ['« Le pont est coupé. » Le maire est parti. « Nous avons peur ! » dit-elle.', 3],
  ['Selon l’art. 12 du texte, le gén. Keïta et l’amb. Petit veillent. Ils sont deux.', 2],
  ['Er ging. »Nein«, sagte sie.', 2],
  ['EE. UU. promete ayuda. Las FF. AA. de Dara esperan. Nadie viene.', 3],
  ['Dña. Ana y el Gral. Ruiz viven en la Avda. Central. Ambos callan.', 2],
  ['«No hay luz.» El alcalde lo vio. ¿Quién vendrá? ¡Nadie! Eso temen.', 5],
  ['Hay pan, leche, etc. Nadie se queja.', 2],
  ['He left two years ago. Dara stayed.', 2],
  ['M. Diallo et Mme Ba sont partis, cf. art. 12. Il pleuvait.', 2],
  ['Most zamknięto, ok. 18 tys. osób czeka. Pada deszcz.', 2],
  ['Rain fell in Dara . Koval spoke.', 2],
  ['Is the road open? Yes! It is…', 3],
])('abbreviations, initials and figures end no sentence: %s', (text, count) => {
  expect(split(text)).toHaveLength(count)
})

test('sentences are trimmed, in order, and lose only white space', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('a', 'B', '.', '!', ' ', '"', '\n', 'é', '1', '😀') }), (text) => {
      const parts = split(text)
      expect(parts.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''))
      for (const part of parts) expect(part.trim()).toBe(part)
    }),
  )
})
