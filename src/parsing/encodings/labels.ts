/**
 * The encoding that a label means, by its WHATWG name; undefined for those that nobody reads. Publishers also write names
 * of other lists (IANA, Python, Windows): "latin-1", "cp1251", "gb_2312", "mac_roman".
 */
export function encodingOf(label: string): string | undefined {
  const name = label.trim().toLowerCase()
  return whatwg(name) ?? whatwg(otherwise(name.replace(/[^a-z0-9]/g, '')))
}

function whatwg(label: string): string | undefined {
  try {
    return new TextDecoder(label).encoding
  } catch {
    return undefined
  }
}

/** From a name without hyphens. */
function otherwise(name: string): string {
  const windows = name.match(/^(?:x?cp|win|windows|ms|ansi)(125\d|874)$/)?.[1]
  if (windows) return `windows-${windows}`
  const part = name.match(/^(?:x?iso)?8859(\d{1,2})(?:\d{4})?$/)?.[1]
  return part ? `iso-8859-${part}` : (names.get(name) ?? name)
}

const names = new Map(
  Object.entries({
    ...{
      latin7: 'iso-8859-13',
      latin8: 'iso-8859-14',
      latin9: 'iso-8859-15',
      latin10: 'iso-8859-16',
      tis620: 'tis-620',
    },
    ...{
      cyrillic: 'iso-8859-5',
      hebrew: 'iso-8859-8',
      arabic: 'iso-8859-6',
      greek: 'iso-8859-7',
      ansi: 'windows-1252',
    },
    ...{
      usascii7: 'us-ascii',
      ansix341968: 'us-ascii',
      iso646us: 'us-ascii',
      koi8: 'koi8-r',
      koi8r: 'koi8-r',
      koi8u: 'koi8-u',
    },
    ...{
      gb2312: 'gbk',
      gb231280: 'gbk',
      euccn: 'gbk',
      cp936: 'gbk',
      ms936: 'gbk',
      windows936: 'gbk',
      gb18030: 'gb18030',
    },
    ...{ big5hkscs: 'big5', cp950: 'big5', ms950: 'big5', big5tw: 'big5', euctw: 'big5' },
    ...{ cp932: 'shift_jis', ms932: 'shift_jis', shiftjis: 'shift_jis', sjis: 'shift_jis', xsjis: 'shift_jis' },
    ...{ eucjp: 'euc-jp', xeucjp: 'euc-jp', ujis: 'euc-jp', iso2022jp: 'iso-2022-jp', jis: 'iso-2022-jp' },
    ...{ euckr: 'euc-kr', cp949: 'euc-kr', uhc: 'euc-kr', ksc5601: 'euc-kr', ksx1001: 'euc-kr' },
    ...{ mac: 'macintosh', macroman: 'macintosh', xmacroman: 'macintosh', maccyrillic: 'x-mac-cyrillic' },
    ...{ macukrainian: 'x-mac-ukrainian', cp866: 'ibm866', dos866: 'ibm866', utf8: 'utf-8', utf8n: 'utf-8' },
    ...{
      utf8sig: 'utf-8',
      utf8mb4: 'utf-8',
      utf8mb3: 'utf-8',
      unicode11utf8: 'utf-8',
      ucs2: 'utf-16le',
      utf16: 'utf-16le',
    },
  }),
)
