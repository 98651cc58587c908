/** A table of a document: whether it only places its parts on the page, and what is known of its cells. */
type Table = {
  parent: Table | undefined
  layout: boolean
  rows: number
  cells: number
  hasHeads: boolean
  hasProse: boolean
}

/**
 * Makes blocks of the tables that only place their parts, as in newsletters: a table that holds tables, has the role of a
 * layout, has one cell, or stands among these and holds prose. Other tables stay. The HTML must be well-formed.
 */
export function withoutLayoutTables(html: string): string {
  if (!html.includes('<table')) return html
  const owners = ownersOf(html)
  let n = 0
  return html.replace(tableTag, (tag, slash: string, name: string) => {
    if (!owners[n++]?.layout) return tag
    return ownBlocks.has(name) ? asDiv(tag, slash) : ''
  })
}

const ownBlocks = new Set(['table', 'caption', 'th', 'td'])
const asDiv = (tag: string, slash: string) =>
  slash ? '</div>' : tag.replace(/^<\w+/, '<div').replace(/ (?:colspan|rowspan|scope|role)="[^"]*"/g, '')

const tableTag = /<(\/?)(table|caption|thead|tbody|tfoot|tr|th|td)(?=[\s>])[^<>]*>/g

/** The table that each tag belongs to, in the order of the tags. */
function ownersOf(html: string): (Table | undefined)[] {
  const owners: (Table | undefined)[] = []
  let open: Table | undefined
  let textFrom = 0
  for (const { 0: tag, 1: slash, 2: name, index } of html.matchAll(tableTag)) {
    if (open && !open.hasProse) open.hasProse = isProse(html.slice(textFrom, index))
    textFrom = index + tag.length
    if (name === 'table' && !slash) open = newTable(open, /\srole="(?:presentation|none)"/.test(tag))
    owners.push(open)
    if (open && !slash) count(open, name ?? '')
    if (open && name === 'table' && slash) open = closed(open)
  }
  return owners
}

function newTable(parent: Table | undefined, layout: boolean): Table {
  if (parent) parent.layout = true
  return { parent, layout, rows: 0, cells: 0, hasHeads: false, hasProse: false }
}

function count(table: Table, name: string): void {
  if (name === 'tr') table.rows++
  if (name === 'td' || name === 'th') table.cells++
  if (name === 'th' || name === 'caption') table.hasHeads = true
}

/** Decides on a table that ends, and returns the one around it. */
function closed(table: Table): Table | undefined {
  const isPart = table.parent?.layout === true && (table.rows < 2 || table.hasProse)
  if (!table.hasHeads && (table.cells < 2 || isPart)) table.layout = true
  return table.parent
}

/** Whether a piece of HTML holds a sentence of some length. */
const isProse = (html: string) => /[^<>]{60}/.test(html) && /[.!?…]["'”’»)]*(?:\s|<|$)/.test(html)
