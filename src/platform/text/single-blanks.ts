/** A text with single blanks between its words. Most texts have them, and looking is cheaper than replacing. */
export function withSingleBlanks(text: string): string {
  return / {2}|[^\S ]/.test(text) ? text.replace(/\s+/g, ' ') : text
}
