/** The markup of prose that is kept: tags, the names that others get, and attributes. */

const blocks = ['p', 'div', 'section', 'article', 'blockquote', 'pre', 'hr', 'br', 'ul', 'ol', 'li', 'dl', 'dt', 'dd']
const headings = ['h1', 'h2', 'h3', 'h4', 'h5', 'h6']
const tables = ['table', 'caption', 'thead', 'tbody', 'tfoot', 'tr', 'th', 'td']
const inline = ['a', 'b', 'strong', 'i', 'em', 'u', 's', 'del', 'ins', 'mark', 'small', 'sub', 'sup', 'span', 'abbr']
const quoting = ['cite', 'q', 'code', 'kbd', 'time', 'figure', 'figcaption', 'aside', 'header', 'footer', 'bdi', 'bdo']

export const allowedTags = new Set([...blocks, ...headings, ...tables, ...inline, ...quoting])

/** Elements whose text is no prose: it is dropped with them. */
export const nonTextTags = new Set('script style xmp textarea option svg math button title'.split(' '))

/** Blocks that are no prose by themselves: as a plain block each stays apart from the words around it. */
const plainBlocks = 'address center details dialog fieldset form hgroup legend main nav search summary'.split(' ')

/** The names that elements get. */
export const renamedTags = new Map([
  ...plainBlocks.map((name) => [name, 'div'] as const),
  ['dir', 'ul'] as const,
  ['menu', 'ul'] as const,
  ['listing', 'pre'] as const,
  ['strike', 's'] as const,
  ['acronym', 'abbr'] as const,
])

const everywhere = ['id', 'class', 'role', 'lang', 'dir']

/** The attributes that an element keeps as they are, besides the address of a link. */
export const attributesOf = (tag: string): ReadonlySet<string> => byTag.get(tag) ?? others

const others = new Set(everywhere)
const byTag = new Map(
  Object.entries({
    a: ['name', 'title'],
    abbr: ['title'],
    ol: ['start', 'type', 'reversed'],
    li: ['value'],
    td: ['colspan', 'rowspan'],
    th: ['colspan', 'rowspan', 'scope'],
  }).map(([tag, names]) => [tag, new Set([...everywhere, ...names])]),
)

/** Attributes that mean something without a value. */
export const emptyAttributes = new Set(['role', 'reversed'])
