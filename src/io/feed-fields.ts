/** The elements that our reading of a feed asks for: the head's, an entry's, and those that hold words. */
export const channelFields = [
  ...['title', 'dc:title', 'itunes:title', 'link', 'atom:link', 'language', 'dc:language'],
  ...['ttl', 'sy:updateperiod', 'sy:updatefrequency', 'skiphours', 'skipdays', 'author'],
] as const

export const textFields = [
  ...['title', 'dc:title', 'media:title', 'itunes:title', 'atom:title'],
  ...['description', 'summary', 'dc:description', 'itunes:summary', 'atom:summary', 'media:description'],
  ...['content:encoded', 'content', 'atom:content', 'body'],
] as const

export const entryFields = [
  ...textFields,
  ...['guid', 'id', 'atom:id', 'link', 'atom:link'],
  ...['pubdate', 'dc:date', 'dcterms:issued', 'dcterms:created', 'atom:published', 'published', 'issued', 'created'],
  ...['updated', 'modified', 'atom:updated', 'dcterms:modified'],
  ...['author', 'dc:creator', 'dc:author', 'itunes:author', 'atom:author', 'source'],
  ...['category', 'atom:category', 'dc:subject', 'itunes:keywords', 'media:keywords'],
] as const
