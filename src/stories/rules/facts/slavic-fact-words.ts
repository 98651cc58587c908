import type { Event } from './events.ts'
import type { Kind, Thing } from './things.ts'

/** What a clause in Ukrainian or Russian tells, by the beginnings of its words; of several the first line that matches. */
const eventLines: [Event, string][] = [
  ['darken', 'знеструм|обесточ|без (?:світла|електр|струму|живлення|енерго|света|электр|тока|питания|энерго)'],
  ['dry', 'без (?:води|воды|водо)'],
  [
    'reconnect',
    'заживл|заживи|запита[нл]|повернул\\p{L}* (?:світло|струм)|вернул\\p{L}* свет|відновл\\p{L}* (?:електро|світл)|восстановл\\p{L}* электро',
  ],
  ['miss', 'зникл|зниклими|безвісти|безвести|без вести|пропал'],
  ['trap', 'під завал|под завал'],
  ['kill', 'загин|вбит|убит|вбил|вбив|убил|погиб|жертв'],
  ['wound', 'поранен|ранен|ранил|травмован|травмир|постраждал|постраждало|пострадал|пострадавш'],
  ['evacuate', 'евакуйов|евакуюв|эвакуир|вивез|вивіз|вывез|відсел|отсел'],
  ['displace', 'переміщен|перемещен|перемещ|втекл|утекл|тікал|бежал|покинул|вигнан|изгнан|переселил'],
  ['return', 'повернул|повернен|вернул|возвращен|возвратил'],
  ['abduct', 'викрад|похитил|похищ|депорт'],
  ['detain', 'затрим|задерж'],
  ['exchange', 'обмін|обмен'],
  ['rescue', 'врятов|врятува|деблок|спасен|спасли|спасл'],
  ['down', 'збит|збил|збив|збито|сбит|сбил|знешкод|обезвре|подавлен|подавил|перехоп|перехват|нейтраліз|нейтрализ'],
  ['damage', 'пошкод|поврежд'],
  ['destroy', 'знищ|уничтож|зруйн|разруш|спален|сожж'],
  [
    'launch',
    'запустил|запустив|випустил|випустив|выпустил|атакува|атакова|застосува|застосов|примен|завда|скинул|скинув|сбросил|залучи|нанес',
  ],
]

const thingLines: [Kind, string, string][] = [
  ['drone', 'drones', 'дрон|безпілотн|беспилотн|шахед|бпла|геран|коптер'],
  ['missile', 'missiles', 'ракет'],
  ['bomb', 'bombs', 'бомб|каб|авіабомб|авиабомб'],
  ['shell', 'shells', 'снаряд'],
  ['aircraft', 'aircraft', 'літак|самол[её]т|гелікоптер|верт[оі]л'],
  ['person', 'children', 'діт|дит|дет|реб[её]н|немовля|младен'],
  ['person', 'families', "родин|сім['’е]|сімей|семей|семь"],
  ['person', 'prisoners', 'полонен|пленн|військовополон|военнопленн'],
  ['person', 'refugees', 'біжен|бежен'],
  ['person', 'displaced people', 'переселен|впо|внутрішньо'],
  ['troops', 'soldiers', 'військов|солдат|бійц|военн|військослужб|військослуж|вояк|окупант|оккупант'],
  ['home', 'customers', 'споживач|потребител|абонент'],
  ['home', 'homes', 'будинк|домогосподар|домохоз|квартир|хат|осел|домів|домов|дома|помешкан'],
  ['home', 'settlements', 'сіл|сел|населен|селищ|посел|деревен|деревн'],
  [
    'person',
    'people',
    'люд|осіб|особ|ос|чол|человек|мешкан|жител|цивільн|мирн|гражданск|громадян|граждан|жін|женщин|чоловік|мужчин|енергетик|энергетик|рятувальник|спасател|медик|учн|учен|поранен|загибл',
  ],
  [
    'building',
    'buildings',
    "підстанц|подстанц|шкіл|школ|лікар|больниц|завод|об['’]єкт|объект|будівел|будівл|здани|склад|мост|цех|підприємств|предприят|садк|садоч|котелен|котельн",
  ],
  [
    'equipment',
    'vehicles',
    'танк|машин|бронемаш|автобус|автомоб|потяг|поезд|вагон|суден|суд[ао]|систем|вантажів|грузовик|гармат|міномет',
  ],
]

const startsWith = (beginnings: string) => new RegExp(`(?<![\\p{L}’'])(?:${beginnings})`, 'iu')
const events = eventLines.map(([event, words]) => ({ event, words: startsWith(words) }))
const things = thingLines.map(([kind, unit, words]) => ({
  thing: { kind, unit },
  words: new RegExp(`^(?:${words})`, 'iu'),
}))

/** The event of the first line that a clause has words of; undefined where the clause tells none. */
export function slavicEventIn(clause: string): Event | undefined {
  return events.find(({ words }) => words.test(clause))?.event
}

/** The thing that the first of these nouns behind a figure counts; undefined where none is known. */
export function slavicThingAt(nouns: string[]): Thing | undefined {
  for (const noun of nouns) {
    const known = things.find(({ words }) => words.test(noun))
    if (known) return known.thing
  }
  return undefined
}
