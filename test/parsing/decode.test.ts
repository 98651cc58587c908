import fc from 'fast-check'
import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import { decodeFeed } from '../../src/parsing/encodings/decode.ts'
import { encodingOf } from '../../src/parsing/encodings/encoding-names.ts'

const latin1 = (text: string) => Buffer.from(text, 'latin1')
const utf16be = (text: string) => Buffer.from(text, 'utf16le').swap16()
/** Little-endian. */
const utf32 = (text: string) => Buffer.from(Uint32Array.from(text, (character) => character.codePointAt(0)!).buffer)
const declared = (encoding: string, text = '') => `<?xml version="1.0" encoding="${encoding}"?>${text}`
const cyrillic1251 = Buffer.concat([
  latin1(declared('windows-1251', '<a>')),
  Buffer.from([0xcf, 0xf0, 0xe8, 0xe2, 0xb3, 0xf2]),
])

const ukrainian = 'Пором знову ходить до північних островів після дев’яти днів шторму, повідомила її команда.'.replace(
  '’',
  "'",
)
const arabic = 'عادت العبارة إلى الجزر الشمالية بعد تسعة أيام من العاصفة.'
const wrong = { repair: 'the declared encoding was wrong' }

describe('the encoding of a feed', () => {
  it.each<[string, Uint8Array, string | undefined, string]>([
    ['that of the byte order mark, before all others', Buffer.from('\uFEFFcafé'), 'text/xml; charset=koi8-r', 'café'],
    ['UTF-16 with its mark', Buffer.from('\uFEFFcafé', 'utf16le'), undefined, 'café'],
    ['big-endian UTF-16 with its mark', utf16be('\uFEFFПривіт'), undefined, 'Привіт'],
    ['UTF-16 by its first two characters', Buffer.from('<?xml?>café', 'utf16le'), undefined, '<?xml?>café'],
    ['the charset of HTTP', latin1('caf\xe9'), 'text/xml; charset="ISO-8859-1"', 'café'],
    ['the XML declaration', cyrillic1251, undefined, 'Привіт'],
    ['UTF-8 where none is declared', Buffer.from('Привіт'), undefined, 'Привіт'],
    ['windows-1252 where nothing fits', latin1('\x93caf\xe9\x94'), undefined, '“café”'],
    ['windows-1252 where an unknown one is declared', latin1(declared('x-none', 'caf\xe9')), undefined, 'café'],
  ])('is %s', async (_case, bytes, contentType, text) => {
    expect((await decodeFeed(bytes, contentType)).text.endsWith(text)).toBe(true)
  })

  it('is taken from the bytes against a wrong label, which is reported', async () => {
    expect(await decodeFeed(Buffer.from('Привіт'), 'text/xml; charset=iso-8859-1')).toEqual({
      text: 'Привіт',
      ...wrong,
    })
    expect(await decodeFeed(latin1('caf\xe9'), 'text/xml; charset=utf-8')).toEqual({ text: 'café', ...wrong })
    expect(await decodeFeed(Buffer.from(declared('utf-16', 'é')))).toMatchObject({ text: declared('utf-16', 'é') })
  })

  it('is UTF-8 although one character is damaged', async () => {
    const bytes = Buffer.concat([Buffer.from('Привіт '.repeat(20)), Buffer.from([0xd0]), Buffer.from('світ')])
    expect(await decodeFeed(bytes)).toEqual({
      text: `${'Привіт '.repeat(20)}світ`,
      repair: 'damaged characters were left out',
    })
  })

  it('is UTF-16 or UTF-32 by its zero bytes where there is no byte order mark', async () => {
    expect((await decodeFeed(Buffer.from('<rss>Привіт', 'utf16le'))).text).toBe('<rss>Привіт')
    expect((await decodeFeed(utf16be('<rss>Привіт'), 'text/xml; charset=utf-8')).text).toBe('<rss>Привіт')
    expect((await decodeFeed(utf32('\uFEFF<rss>є😀'), 'text/xml')).text).toBe('<rss>є😀')
    expect((await decodeFeed(utf32('<rss>є😀').swap32())).text).toBe('<rss>є😀')
  })

  it.each([
    ['latin-1', [0xe9], 'é'],
    ['win-1251', [0xcf, 0xf0], 'Пр'],
    ['ISO8859_2', [0xb1], 'ą'],
    ['koi8r', [0xd0, 0xd2], 'пр'],
    ['GB_2312-80', [0xd6, 0xd0], '中'],
    ['x-sjis', [0x93, 0xfa], '日'],
    ['euckr', [0xc7, 0xd1, 0xb1, 0xdb], '한글'],
    ['iso-2022-jp', [0x1b, 0x24, 0x42, 0x24, 0x33, 0x1b, 0x28, 0x42], 'こ'],
    ['mac_roman', [0x8e], 'é'],
    ['utf-7', [...latin1('+ADw-b+AD4-')], '+ADw-b+AD4-'],
  ])('is known by the name %s', async (label, bytes, text) => {
    expect((await decodeFeed(Buffer.concat([latin1(declared(label)), Buffer.from(bytes)]))).text).toBe(
      declared(label, text),
    )
  })

  it('is UTF-8 although the label of a multi-byte encoding says otherwise', async () => {
    expect((await decodeFeed(Buffer.from(declared('gb2312', '这是新闻')))).text).toBe(declared('gb2312', '这是新闻'))
  })

  it('is windows-1252 for single characters that were pasted into UTF-8', async () => {
    const bytes = Buffer.concat([Buffer.from('“café” '.repeat(20)), latin1('it\x92s caf\xe9'), Buffer.from(' – ok')])
    expect(await decodeFeed(bytes)).toEqual({
      text: `${'“café” '.repeat(20)}it’s café – ok`,
      repair: 'characters in windows-1252 were decoded',
    })
  })

  it.each([
    ['windows-1251', 'uk', ukrainian],
    ['koi8-u', 'uk', ukrainian],
    ['iso-8859-5', 'uk', ukrainian],
    ['koi8-r', 'ru', 'Паром снова ходит к северным островам после девяти дней бури.'],
    ['ibm866', 'ru', 'Паром снова ходит к северным островам после девяти дней бури.'],
    ['windows-1251', 'bg', 'Фериботът отново плава до северните острови след девет дни буря.'],
    ['windows-1256', 'ar', arabic],
    ['iso-8859-6', 'ar', arabic],
    ['windows-1253', 'el', 'Το πλοίο ταξιδεύει ξανά προς τα βόρεια νησιά μετά από εννέα ημέρες.'],
    ['windows-1255', 'he', 'המעבורת שטה שוב לאיים הצפוניים אחרי תשעה ימים של סערה.'],
    [
      'windows-1254',
      'tr',
      'Fırtına dokuz gün sürdü; şimdi gemi kuzeydeki adalara yeniden gidiyor, dedi kaptan Ağaoğlu.',
    ],
    ['windows-1250', 'pl', 'Prom znów płynie na północne wyspy po dziewięciu dniach sztormu, mówi załoga łodzi.'],
    [
      'windows-1252',
      'fr',
      'Le ferry dessert à nouveau les îles du nord après neuf jours de tempête, a déclaré l’équipage.',
    ],
    ['windows-1252', 'de', 'Die Fähre fährt nach neun Tagen Sturm wieder zu den nördlichen Inseln, sagte die Behörde.'],
  ])('is %s by what the bytes spell (%s)', async (encoding, _language, text) => {
    const feed = `<rss version="2.0"><channel><item><title>${text}</title></item></channel></rss>`
    const bytes = iconv.encode(feed, encoding)
    expect(await decodeFeed(bytes)).toEqual({ text: feed })
    expect(await decodeFeed(bytes, `text/xml; charset=${encoding}`)).toEqual({ text: feed })
    expect(await decodeFeed(bytes, 'text/xml; charset=utf-8')).toEqual({ text: feed, ...wrong })
  })

  it.each([
    ['windows-1251', 'iso-8859-1'],
    ['windows-1251', 'koi8-r'],
    ['koi8-u', 'windows-1251'],
    ['koi8-u', 'koi8-r'],
    ['iso-8859-5', 'windows-1251'],
    ['windows-1251', 'windows-1250'],
  ])('is %s although %s is declared, which is reported', async (encoding, label) => {
    const bytes = iconv.encode(`<a>${ukrainian}</a>`, encoding)
    expect(await decodeFeed(bytes, `text/xml; charset=${label}`)).toEqual({ text: `<a>${ukrainian}</a>`, ...wrong })
  })

  it('is that of the declaration where the header names one that spells no words', async () => {
    const feed = declared('windows-1251', `<a>${ukrainian}</a>`)
    const bytes = iconv.encode(feed, 'windows-1251')
    expect(await decodeFeed(bytes, 'text/xml; charset=iso-8859-1')).toEqual({ text: feed, ...wrong })
    expect(await decodeFeed(bytes, 'text/xml; charset=windows-1251')).toEqual({ text: feed })
  })

  it('is the declared one for text in capitals and for a few letters', async () => {
    const capitals = `<a>${ukrainian.toUpperCase()}</a>`
    const text = async (written: string) =>
      (await decodeFeed(iconv.encode(written, 'windows-1251'), 'text/xml; charset=windows-1251')).text
    expect(await text(capitals)).toBe(capitals)
    expect(await text('<a>Їжак</a>')).toBe('<a>Їжак</a>')
    expect((await decodeFeed(iconv.encode('<a>── а</a>', 'koi8-r'), 'text/xml; charset=koi8-r')).text).toBe(
      '<a>── а</a>',
    )
  })

  it.each([
    ['cp850', 'é'],
    ['IBM852', 'ę'],
    ['CP-437', 'é'],
    ['macCentralEurope', 'ě'],
    ['csPC775Baltic', 'ā'],
  ])('may be the code page %s', async (label, letter) => {
    const bytes = iconv.encode(declared(label, letter), encodingOf(label)!)
    expect((await decodeFeed(bytes)).text).toBe(declared(label, letter))
  })

  it('is UTF-8 once for text that was encoded twice', async () => {
    const twice = (text: string) => Buffer.from(Buffer.from(text).toString('latin1'))
    const repair = 'the text was encoded in UTF-8 twice'
    expect(await decodeFeed(twice(`<a>${ukrainian}</a>`))).toEqual({ text: `<a>${ukrainian}</a>`, repair })
    expect(await decodeFeed(Buffer.from('<a>“CafÃ© Ã\u00A0 la carteâ€</a>'))).toEqual({
      text: '<a>“Café à la carte”</a>',
      repair,
    })
    expect(await decodeFeed(Buffer.from('<a>Ñ�віт</a>'.replace('віт', 'Ð²Ñ–Ñ‚')))).toEqual({
      text: '<a>�віт</a>',
      repair,
    })
    for (const plain of ['<a>AMANHÃ” e São José</a>', '<a>Ã is a letter, and so is é</a>']) {
      expect(await decodeFeed(Buffer.from(plain))).toEqual({ text: plain })
    }
  })

  it('is UTF-8 in a short feed of which several bytes are damaged', async () => {
    const bytes = Buffer.concat([
      Buffer.from('<a>Паром ход'),
      Buffer.from([0xd0]),
      Buffer.from('ить'),
      Buffer.from([0x80]),
      Buffer.from('</a>'),
    ])
    expect((await decodeFeed(bytes)).text).toBe('<a>Паром ходить</a>')
  })

  it('is found after a mark of UTF-8 that is wrong', async () => {
    const bytes = Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), iconv.encode(`<a>${ukrainian}</a>`, 'windows-1251')])
    expect((await decodeFeed(bytes)).text).toBe(`<a>${ukrainian}</a>`)
  })

  it('has the quotation marks of windows-1252 for control characters', async () => {
    expect(await decodeFeed(Buffer.from('<a>don\x92t \x96 ok</a>'))).toEqual({
      text: '<a>don’t – ok</a>',
      repair: 'characters in windows-1252 were decoded',
    })
  })

  it.each([
    ['encoded twice', Buffer.from('Ã©'.repeat(2_000_000)), 'é'.repeat(2_000_000)],
    ['of one word', Buffer.from('a\xe9'.repeat(2_000_000), 'latin1'), 'aé'.repeat(2_000_000)],
    ['of signs within a word', Buffer.from(`a${'\x80'.repeat(2_000_000)}b`, 'latin1'), `a${'€'.repeat(2_000_000)}b`],
  ])('is found for a text of some million letters, %s', async (_, bytes, text) => {
    expect((await decodeFeed(bytes)).text === text).toBe(true)
  })

  it('is found for any text in UTF-8', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme' }), async (text) => {
        fc.pre(!text.startsWith('\uFEFF'))
        expect((await decodeFeed(Buffer.from(text))).text).toBe(text)
      }),
    )
  })

  it('is found without an error for any bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1 }), async (bytes) => void (await decodeFeed(bytes)).text),
    )
  })
})
