/** An item of a feed that a test serves. */
export type Entry = { id: string; title?: string; text?: string; at?: Temporal.Instant; link?: string }

/** An RSS feed of these entries. */
export function rssOf(feedEntries: Entry[], head = ''): string {
  const items = feedEntries.map((entry) => itemOf(entry))
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>Desk</title>${head}${items.join('')}</channel></rss>`
}

function itemOf({ id, title = `Report ${id}`, text = `What ${id} says.`, at, link }: Entry): string {
  const words = `<title>${title}</title><description>${text}</description>${at ? `<pubDate>${at}</pubDate>` : ''}`
  return `<item>${words}<guid isPermaLink="false">${id}</guid><link>${link ?? `https://desk.example/${id}`}</link></item>`
}

export const entries = (count: number, prefix = ''): Entry[] =>
  Array.from({ length: count }, (_, n) => ({ id: `${prefix}${n}` }))
