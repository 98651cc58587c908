/**
 * The encoding that a label means: its WHATWG name where TextDecoder knows it, else its name in iconv-lite; undefined for
 * other labels. Publishers also use the names of IANA, Python and Windows: "latin-1", "cp1251", "gb_2312", "mac_roman".
 */
export function encodingOf(label: string): string | undefined {
  const name = label.trim().toLowerCase()
  const plain = name.replace(/[^a-z0-9]/g, '')
  return whatwgName(name) ?? whatwgName(usualName(plain)) ?? codePageOf(plain)
}

/** Whether each byte is a character. */
export const isSingleByte = (encoding: string): boolean =>
  /^(?:windows-|iso-8859|koi8|ibm866|macintosh|x-mac)/.test(encoding) || isCodePage(encoding)

/** Whether only iconv-lite knows an encoding: a code page of DOS, of old Macintoshes, or of one country. */
export const isCodePage = (encoding: string): boolean => codePages.has(encoding)

function whatwgName(label: string): string | undefined {
  try {
    return new TextDecoder(label).encoding
  } catch {
    return undefined
  }
}

/** The usual name of an encoding by another one, given without hyphens. */
function usualName(name: string): string {
  const windows = name.match(/^(?:x?cp|win|windows|ms|ansi)(125\d|874)$/)?.[1]
  if (windows) return `windows-${windows}`
  const part = name.match(/^(?:x?iso)?8859(\d{1,2})(?:\d{4})?$/)?.[1]
  return part ? `iso-8859-${part}` : (encodingByAlias.get(name) ?? name)
}

const codePages = new Set([
  ...'cp437 cp720 cp737 cp775 cp808 cp850 cp852 cp855 cp856 cp857 cp858 cp860 cp861 cp862 cp863 cp864 cp865 cp869'.split(
    ' ',
  ),
  ...'cp1125 koi8t viscii tcvn maccenteuro maccroatian macgreek maciceland macromania macturkish'.split(' '),
])

/** "ibm850", "IBM-850", "850", "csPC850Multilingual" and "pc850" are all cp850. */
function codePageOf(name: string): string | undefined {
  const number = name.match(/^(?:cs)?(?:x?cp|ibm|pc|dos|oem)*?p?(\d{3,4})(?:multilingual|latinhebrew|baltic)?$/)?.[1]
  return [encodingByAlias.get(name), name, number && `cp${number}`].find((known) => known && codePages.has(known))
}

/** Encodings by their name, each with the other names that publishers use, without hyphens. */
const aliases = {
  'iso-8859-5': 'cyrillic',
  'iso-8859-6': 'arabic',
  'iso-8859-7': 'greek',
  'iso-8859-8': 'hebrew',
  'iso-8859-13': 'latin7',
  'iso-8859-14': 'latin8',
  'iso-8859-15': 'latin9',
  'iso-8859-16': 'latin10',
  'tis-620': 'tis620',
  'us-ascii': 'usascii7 ansix341968 iso646us',
  'windows-1251': 'mscyrl',
  'windows-1252': 'ansi',
  'koi8-r': 'koi8 koi8r',
  'koi8-u': 'koi8u',
  ibm866: 'cp866 dos866',
  gbk: 'gb2312 gb231280 euccn cp936 ms936 windows936',
  gb18030: 'gb18030',
  big5: 'big5hkscs cp950 ms950 big5tw euctw',
  shift_jis: 'cp932 ms932 shiftjis sjis xsjis',
  'euc-jp': 'eucjp xeucjp ujis',
  'iso-2022-jp': 'iso2022jp jis',
  'euc-kr': 'euckr cp949 uhc ksc5601 ksx1001',
  macintosh: 'mac macroman xmacroman',
  'x-mac-cyrillic': 'maccyrillic',
  'x-mac-ukrainian': 'macukrainian',
  'utf-8': 'utf8 utf8n utf8sig utf8mb4 utf8mb3 unicode11utf8',
  'utf-16le': 'ucs2 utf16',
  cp437: 'cspc8codepage437',
  cp861: 'cpis',
  maccenteuro: 'maccentraleurope maclatin2 macce xmacce',
  tcvn: 'tcvn5712 tcvn57121',
}

const encodingByAlias = new Map(
  Object.entries(aliases).flatMap(([encoding, names]) => names.split(' ').map((name) => [name, encoding] as const)),
)
