/** The headings of a report's list of takeaways, by language. They are compared without case and accents. */
const listNames: Record<string, string[]> = {
  en: [
    'key takeaways',
    'key takeaway',
    'takeaways',
    'main takeaways',
    'top takeaways',
    'toplines',
    'topline',
    'top lines',
    'key points',
    'key messages',
    'main messages',
    'key developments',
    'main developments',
    'key findings',
    'main findings',
    'key judgments',
    'key judgements',
    'key insights',
    'key highlights',
    'key facts',
    'highlights',
    'main points',
    'in brief',
    'in short',
    'at a glance',
    'bottom line up front',
    'executive summary',
  ],
  fr: [
    'points clés',
    'points saillants',
    'faits saillants',
    'messages clés',
    'principaux points',
    'principaux messages',
    'principales conclusions',
    'principaux développements',
    'conclusions principales',
    'à retenir',
    'en bref',
    'l’essentiel',
    'résumé analytique',
  ],
  es: [
    'puntos clave',
    'puntos destacados',
    'puntos principales',
    'mensajes clave',
    'conclusiones clave',
    'hallazgos clave',
    'principales hallazgos',
    'principales conclusiones',
    'aspectos destacados',
    'conclusiones principales',
    'destacados',
    'lo más destacado',
    'en breve',
    'en resumen',
    'resumen ejecutivo',
  ],
  uk: [
    'ключові висновки',
    'головні висновки',
    'основні висновки',
    'ключові тези',
    'головні тези',
    'основні тези',
    'ключові моменти',
    'ключові повідомлення',
    'основні моменти',
    'основні події',
    'ключові події',
    'головне',
    'коротко',
    'стисло',
  ],
}

/** Whether a short line is the heading of a list of takeaways: a known name, with a few words around it at most. */
export function isListName(line: string): boolean {
  if (line.length > 90) return false
  const words = plainWords(line)
  for (let start = 0; start < Math.min(3, words.length); start++) {
    const word = words[start] ?? ''
    if (byFirstWord.get(word)?.some((name) => isNameAt(start, words, name))) return true
    if (!leading.test(word)) return false
  }
  return false
}

/** The offset of a list's name in capitals at the end of a line, right after other words; -1 where there is none. */
export function gluedListName(line: string): number {
  const found = /(?<=\s)\p{Lu}{2,}(?: \p{Lu}+){0,3}\s*(?::\s*)?$/u.exec(line.slice(-60))
  return found && exactNames.has(plainWords(found[0]).join(' ')) ? Math.max(0, line.length - 60) + found.index : -1
}

/** The words of a line, in lower case and without accents. */
function plainWords(line: string): string[] {
  const folded = /[^\p{ASCII}]/u.test(line) ? line.normalize('NFKD').replace(/\p{M}/gu, '') : line
  return (
    folded
      .toLowerCase()
      .replaceAll("'", '’')
      .match(/[\p{L}\p{M}\p{N}’]+/gu) ?? []
  )
}

const names = Object.values(listNames).flat().map(plainWords)
const exactNames = new Set(names.map((name) => name.join(' ')))
const byFirstWord = Map.groupBy(names, ([first]) => first ?? '')

/** Whether a name starts at a word, and nothing follows it but what may follow a name. */
function isNameAt(start: number, words: string[], name: string[]): boolean {
  if (!name.every((word, i) => words[start + i] === word)) return false
  const end = start + name.length
  const after = words.length - end
  return after === 0 || (after <= 7 && trailing.test(words[end] ?? ''))
}

/**
 * Words that may stand before a list's name (`The`, `Our`, `Five`, `ISW’s`), and the words that may follow it directly.
 */
const leading =
  /^(the|our|today’s|this|week’s|weekly|daily|monthly|les|los|las|\d{1,2}|two|three|four|five|six|seven|eight|nine|ten|\p{L}+’s)$/u
const trailing =
  /^(from|of|for|in|on|to|as|this|since|between|du|de|des|del|pour|para|за|на|від|\d{1,4}|january|february|march|april|may|june|july|august|september|october|november|december)$/
