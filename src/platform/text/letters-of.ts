/** The letters and digits of a text in lower case: two texts with the same ones differ at most in their marks. */
export function lettersOf(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '')
}
