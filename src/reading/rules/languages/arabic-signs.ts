/** An Arabic text without the signs for vowels and without the stroke that lengthens a word. */
export const withoutArabicSigns = (text: string): string => text.replace(signs, '')

const signs = /[\u064b-\u065f\u0670\u0640]/g
