import type { Find } from './rule.ts'

const maxNamed = 4

/** What a signal looks for in a few words: `@ship within 15 words of @grain or @wheat`. */
export function describeFind(find: Find): string {
  if (typeof find === 'string') return find.startsWith('@') ? find : `“${find}”`
  const without = find.none ? ` without ${either(find.none)}` : ''
  if ('any' in find) return `${either(find.any)}${without}`
  if ('all' in find) return `${find.all.map(describeFind).join(' with ')}${without}`
  const [first, ...others] = find.near
  return `${describeFind(first!)} within ${find.within} words of ${others.map(describeFind).join(' and ')}${without}`
}

function either(finds: Find[]): string {
  const named = finds.slice(0, maxNamed).map(describeFind).join(' or ')
  return finds.length > maxNamed ? `${named} or ${finds.length - maxNamed} more` : named
}
