const mostEntities = 256
const longestValue = 1000
const mostExpanded = 1_000_000

/** Gives an entity's text, or undefined for one that the document does not declare, or not any more. */
export type Entities = (name: string) => string | undefined

/**
 * The entities that a document declares for itself (XML 1.0, section 4.2.1). Values are text: references within them are
 * not followed, and all that is put in is bounded, so that no document can grow beyond its own size by much.
 */
export function entitiesOf(xml: string): Entities {
  const subset = xml.slice(0, 100_000).match(/<!doctype\s[^[>]*\[([\s\S]*?)\]\s*>/i)?.[1]
  const values = new Map<string, string>()
  for (const [, name, , value] of (subset ?? '').matchAll(/<!entity\s+([\w.-]{1,60})\s+(["'])([\s\S]*?)\2\s*>/gi)) {
    if (values.size < mostEntities && value!.length <= longestValue) values.set(name!, value!)
  }
  let expanded = 0
  return (name) => {
    const value = values.get(name)
    if (value === undefined || expanded > mostExpanded) return undefined
    expanded += value.length
    return value
  }
}
