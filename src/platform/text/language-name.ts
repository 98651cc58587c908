const names = new Intl.DisplayNames('en', { type: 'language' })

/** `French` for fr; the code itself where it has no name. */
export const languageName = (code: string): string => (/^[a-z]{2,3}$/.test(code) ? (names.of(code) ?? code) : code)
