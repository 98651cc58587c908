/**
 * The matches of a global expression, in their order. `matchAll` compiles a copy of the expression at each call, which
 * costs more than most searches.
 */
export function matchesOf(text: string, expression: RegExp): RegExpExecArray[] {
  const found: RegExpExecArray[] = []
  someMatch(text, expression, (match) => {
    found.push(match)
    return false
  })
  return found
}

/** Whether a match of a global expression is wanted; those behind it are not searched for. */
export function someMatch(text: string, expression: RegExp, isWanted: (match: RegExpExecArray) => boolean): boolean {
  for (let at = 0; at <= text.length; ) {
    expression.lastIndex = at
    const match = expression.exec(text)
    if (!match) return false
    at = Math.max(expression.lastIndex, match.index + 1)
    if (isWanted(match)) return true
  }
  return false
}
