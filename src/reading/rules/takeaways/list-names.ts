/** What publishers call the list of a report's claims, by language; add a line to teach a new one. Compared without case and accents. */
export const listNames: Record<string, string[]> = {
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

/** Whether a short line is the heading of a publisher's own list: a known name, with at most a few words around it. */
export function isListName(line: string): boolean {
  if (line.length > 90) return false
  const words = plain(line)
  for (let at = 0; at < Math.min(3, words.length); at++) {
    if (byFirstWord.get(words[at] ?? '')?.some((name) => fits(words, at, name))) return true
    if (!leading.test(words[at] ?? '')) return false
  }
  return false
}

/** Where a line ends with a list's name in capitals, glued to the words before it: the offset of the name, or -1. */
export function gluedListName(line: string): number {
  const found = /(?<=\s)\p{Lu}{2,}(?: \p{Lu}+){0,3}\s*(?::\s*)?$/u.exec(line.slice(-60))
  return found && exact.has(plain(found[0]).join(' ')) ? Math.max(0, line.length - 60) + found.index : -1
}

function plain(line: string): string[] {
  const folded = /[^\p{ASCII}]/u.test(line) ? line.normalize('NFKD').replace(/\p{M}/gu, '') : line
  return (
    folded
      .toLowerCase()
      .replaceAll("'", '’')
      .match(/[\p{L}\p{M}\p{N}’]+/gu) ?? []
  )
}

const names = Object.values(listNames).flat().map(plain)
const exact = new Set(names.map((name) => name.join(' ')))
const byFirstWord = Map.groupBy(names, ([first]) => first ?? '')

/** Whether a name stands at a place, with nothing after it but what may follow a name. */
function fits(words: string[], at: number, name: string[]): boolean {
  if (!name.every((word, k) => words[at + k] === word)) return false
  const after = words.length - at - name.length
  return after === 0 || (after <= 7 && trailing.test(words[at + name.length] ?? ''))
}

/** Words that may stand before a list's name (`The`, `Our`, `Five`, `ISW’s`) and those that may begin what follows it. */
const leading =
  /^(the|our|today’s|this|week’s|weekly|daily|monthly|les|los|las|\d{1,2}|two|three|four|five|six|seven|eight|nine|ten|\p{L}+’s)$/u
const trailing =
  /^(from|of|for|in|on|to|as|this|since|between|du|de|des|del|pour|para|за|на|від|\d{1,4}|january|february|march|april|may|june|july|august|september|october|november|december)$/
