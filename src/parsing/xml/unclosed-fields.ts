import { findAll } from 'domutils'
import type { parseDocument } from 'htmlparser2'
import type { Naming } from './names.ts'

type Document = ReturnType<typeof parseDocument>
type Child = Document['children'][number]
type Parent = Extract<Child, { attribs: object }>

/** Ends a field where the next one begins, when its own end is missing: a title does not hold a link, nor a text a date. */
export function closeFields(document: Document, naming: Naming): void {
  for (const parent of findAll(({ name }) => parents.has(naming(name)), document.children)) {
    const pending = parent.children.toReversed()
    const children: Child[] = []
    for (let child = pending.pop(); child; child = pending.pop()) {
      children.push(child)
      const swallowed = 'attribs' in child ? takeSwallowed(child, naming) : []
      for (const field of swallowed.reverse()) {
        field.parent = parent
        pending.push(field)
      }
    }
    parent.children = children
  }
}

const parents = new Set(['channel', 'feed', 'item', 'entry'])
/** No HTML has these names. */
const never = new Set([
  'guid',
  'pubdate',
  'dc:date',
  'dc:creator',
  'comments',
  'enclosure',
  'content:encoded',
  'category',
])
const lines = new Set([
  'guid',
  'pubdate',
  'dc:date',
  'dc:creator',
  'comments',
  'category',
  'title',
  'link',
  'updated',
  'id',
])
const texts = new Set(['description', 'summary', 'content'])

function takeSwallowed(field: Parent, naming: Naming): Child[] {
  const name = naming(field.name)
  if (!lines.has(name) && !texts.has(name)) return []
  const next = field.children.findIndex((inner) => {
    const inside = 'attribs' in inner ? naming(inner.name) : ''
    return never.has(inside) || (lines.has(name) && (lines.has(inside) || texts.has(inside)))
  })
  return next < 0 ? [] : field.children.splice(next)
}
