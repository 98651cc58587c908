/** `3 items`, `1 item`: a count with its noun; `many` where the plural is not the noun with an s. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`
}
