import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeFeed } from '../../src/parsing/encodings/decode.ts'

const latin1 = (text: string) => Buffer.from(text, 'latin1')
const utf16be = (text: string) => Buffer.from(text, 'utf16le').swap16()
/** Little-endian. */
const utf32 = (text: string) => Buffer.from(Uint32Array.from(text, (character) => character.codePointAt(0)!).buffer)
const declared = (encoding: string, text = '') => `<?xml version="1.0" encoding="${encoding}"?>${text}`
const cyrillic1251 = Buffer.concat([
  latin1(declared('windows-1251', '<a>')),
  Buffer.from([0xcf, 0xf0, 0xe8, 0xe2, 0xb3, 0xf2]),
])

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
    const wrong = { repair: 'the declared encoding was wrong' }
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
