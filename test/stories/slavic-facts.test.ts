import { expect, test } from 'vitest'
import { factsIn } from '../../src/stories/rules/facts/facts-in.ts'
import { statedDate } from '../../src/stories/rules/facts/stated-date.ts'

/** Own sentences, each with the roles and figures that it tells. */
test.each([
  ['Росія запустила 120 дронів і 5 ракет.', 'drones launched:120 launched:5'],
  ['Збито 90 безпілотників.', 'drones shot down:90'],
  ['Троє людей загинули, 14 поранено, серед них двоє дітей.', 'killed:3 wounded:14'],
  ['Без світла залишилися понад 640 тис. споживачів.', 'without power:640000'],
  ['Із громад евакуйовано 163 особи, серед них 31 дитину.', 'moved:163'],
  ['Пошкоджено 14 будинків і дві школи.', 'damaged:14 damaged:2'],
  ['Заживлено 18 тисяч споживачів.', 'reconnected:18000'],
  ['Повернулися близько 3 тисяч біженців.', 'returned:3000'],
  ['Двоє рятувальників зникли безвісти.', 'missing:2'],
  ['Без води лишилися п’ять тисяч мешканців.', 'without water:5000'],
  ['За 3 години ворог завдав 40 ударів.', ''],
  ['Ворог скинув 148 КАБ.', 'bombs launched:148'],
  ['27 листопада загинули сорок сім людей.', 'killed:47'],
  ['Домівки покинули 12 400 людей.', 'displaced:12400'],
  ['Погибли двое, ранены 11 человек.', 'killed:2 wounded:11'],
  ['Обесточены 18 тыс. потребителей.', 'without power:18000'],
  ['Сбиты 40 беспилотников над областью.', 'drones shot down:40'],
  ['Из района вывезли 1,3 тыс. жителей, в т. ч. 214 детей.', 'moved:1300'],
  ['Повреждены 7 домов и больница.', 'damaged:7'],
  ['В плену 300 военных.', ''],
  ['Уряд виділив 40 млн гривень на ремонт.', ''],
  ['Знищено 6 танків.', 'destroyed:6'],
  ['Вернулись домой 2 тысячи семей.', 'returned:2000'],
  ['Загинула одна людина, ще семеро поранені.', 'killed:1 wounded:7'],
])('%s', (text, told) => {
  const facts = factsIn(text)
  expect(facts.map(({ role, low }) => `${role}:${low}`).join(' ')).toBe(told)
  for (const { value, start, end } of facts) expect(text.slice(start, end)).toBe(value)
})

test('words before a Ukrainian or Russian figure say how exact it is, and a body at the end says it', () => {
  expect(factsIn('Знеструмлено понад 5 тис. абонентів, повідомили в обленерго.')).toMatchObject([
    { bound: 'at least', value: 'понад 5 тис', unit: 'customers', speaker: 'обленерго' },
  ])
  expect(factsIn('Погибли около 40 человек.')).toMatchObject([{ bound: 'about', unit: 'people' }])
})

test.each([
  ['27 листопада росіяни вдарили по ТЕЦ.', '2026-11-27'],
  ['Унаслідок удару в ніч на 27 листопада пошкоджено мережі.', '2026-11-27'],
  ['У понеділок ворог обстріляв порт.', '2026-11-23'],
  ['12 ноября взорван мост.', '2026-11-12'],
  ['25.11.2026 зупинено завод.', '2026-11-25'],
  ['Вчера дрон повредил склад.', '2026-11-27'],
  ['Станом на 26 листопада евакуйовано 40 людей.', null],
  ['Міністр заявив у вівторок, що війська лишаться.', null],
  ['По состоянию на 5 ноября без света 3 села.', null],
])('the event date of %s', (text, date) => expect(statedDate(text, '2026-11-28')).toBe(date))
