/** The elements that our reading of a feed asks for: the head's, an entry's, and those that hold words. */
export const channelFields = [
  ...['title', 'dc:title', 'itunes:title', 'atom:title', 'link', 'atom:link', 'language', 'dc:language'],
  ...['ttl', 'sy:updateperiod', 'sy:updatefrequency', 'skiphours', 'skipdays'],
  ...['author', 'atom:author', 'dc:creator', 'itunes:author', 'itunes:owner', 'managingeditor'],
] as const

export const titleFields = ['title', 'dc:title', 'itunes:title', 'atom:title', 'media:title'] as const

export const summaryFields = [
  ...['description', 'summary', 'dc:description', 'dcterms:abstract', 'atom:summary', 'itunes:summary', 'tagline'],
  ...['abstract', 'media:description', 'itunes:subtitle'],
] as const

/** Full texts beside RSS's description; Russian and Ukrainian news name theirs after a search engine. */
export const contentFields = [
  ...['content:encoded', 'atom:content', 'content', 'body', 'div', 'yandex:full-text', 'full-text', 'fulltext'],
] as const

export const textFields = [...titleFields, ...summaryFields, ...contentFields] as const

export const publishedFields = [
  ...['pubdate', 'dc:date', 'dcterms:issued', 'dcterms:available', 'dcterms:created', 'dcterms:date'],
  ...['atom:published', 'published', 'issued', 'created', 'atom:issued', 'atom:created', 'date'],
] as const

export const updatedFields = ['updated', 'modified', 'atom:updated', 'atom:modified', 'dcterms:modified'] as const

export const peopleFields = [
  'author',
  'dc:creator',
  'dc:author',
  'atom:author',
  'itunes:author',
  'dcterms:creator',
] as const

export const entryFields = [
  ...textFields,
  ...['guid', 'id', 'atom:id', 'dc:identifier', 'link', 'atom:link', 'feedburner:origlink'],
  ...publishedFields,
  ...updatedFields,
  ...peopleFields,
  ...['source', 'media:group', 'media:content'],
  ...[
    'category',
    'atom:category',
    'dc:subject',
    'itunes:category',
    'itunes:keywords',
    'media:category',
    'media:keywords',
  ],
] as const
