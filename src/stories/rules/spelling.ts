/**
 * One key for the spellings of a word: letters of Cyrillic become Latin ones, marks go, `y` is `i`, double letters are
 * single, and endings of cases go. `zelenskyy`, `zelensky` and `зеленського` have one key.
 */
export function spellingKey(word: string): string {
  const key = letterKey(word)
  return sameNames.get(key) ?? key
}

function letterKey(word: string): string {
  const latin = inLatin(word.toLowerCase())
  const even = latin
    .replaceAll(/[yj]/g, 'i')
    .replaceAll('w', 'v')
    .replaceAll(/(.)\1+/g, '$1')
  const bare = even.replace(/[aeiou]{1,3}$/, '')
  return bare.length >= minKeyLength ? bare : even
}

const minKeyLength = 3

/** Cyrillic letters of Ukrainian and Russian in Latin ones, as English texts write names. */
function inLatin(word: string): string {
  if (!/[^a-z]/.test(word)) return word
  const isCyrillic = /[а-яґєії]/.test(word)
  const plain = isCyrillic ? withoutCase(word) : word
  return [...plain.normalize('NFC')]
    .map((letter) => cyrillic[letter] ?? letter)
    .join('')
    .normalize('NFD')
    .replaceAll(/[\p{M}'’]/gu, '')
}

/** Endings of cases of names: `Зеленського`, `Харкові`, `Києвом`. */
function withoutCase(word: string): string {
  const bare = word.replace(/(?:ського|ському|ським|ского|скому|ским|ською|ской|ської|ській)$/, 'ський')
  return bare.length > 5 ? bare.replace(/(?:ом|ем|єм|ою|ею|ой)$/, '') : bare
}

const cyrillic: Record<string, string> = Object.fromEntries(
  (
    'а=a б=b в=v г=g ґ=g д=d е=e ё=e є=e ж=zh з=z и=i і=i ї=i й=i к=k л=l м=m н=n о=o п=p р=r с=s т=t у=u ф=f х=kh ' +
    'ц=ts ч=ch ш=sh щ=shch ь= ъ= ы=i э=e ю=iu я=ia'
  )
    .split(' ')
    .map((pair) => pair.split('=')),
)

/** Names whose spellings differ by more than the rules of letters: each line is one name, as languages write it. */
const places = `
kyiv kiev kiew kijów київ києв киев
kharkiv kharkov charkiw charkow харків харьков
odesa odessa одеса
lviv lvov lemberg lwów lwiw львів львов
dnipro dnieper dnepr dnjepr дніпро днепр
zaporizhzhia zaporizhia zaporozhye zaporizhzhya saporischschja запоріжжя запорожье
mykolaiv nikolaev nikolayev mykolajiw миколаїв миколаєв николаев
chernihiv chernigov tschernihiw чернігів чернигов
luhansk lugansk луганськ луганск
donbas donbass донбас донбасс
kherson cherson херсон
sumy sumi суми сумы
mariupol mariupil маріуполь мариуполь
sevastopol sewastopol севастополь
crimea krim krym crimée криму крим крым крыму
moscow moskau moscou moskwa moscú moskva москва москві москве
russia russland russie rosja rusia росія россия росії россии
ukraine ukraina ucrania україна украина україні украине
poland polen pologne polska polonia польща польша
chernobyl chornobyl tschernobyl чорнобиль чернобыль
gaza gazah`
const people = `
zelensky zelenskyy selenskyj zelenskij зеленський зеленский
volodymyr vladimir wolodymyr володимир владимир
oleksandr alexander aleksandr olexander олександр александр
serhiy sergei sergey serhij сергій сергей
putin poutine путін путин`
const keysOf = (table: string): string[][] =>
  table
    .trim()
    .split('\n')
    .map((line) => line.split(' ').map(letterKey))

/** The keys of spellings that the rules of letters do not bring together, with the first key of their line. */
const sameNames = new Map(
  [...keysOf(places), ...keysOf(people)].flatMap(([first = '', ...others]) =>
    others.map((other) => [other, first] as const),
  ),
)

/** The keys of places that are known as such without a preposition. */
export const knownPlaces: ReadonlySet<string> = new Set(keysOf(places).map(([first = '']) => first))
