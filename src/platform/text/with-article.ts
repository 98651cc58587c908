/** A name as it stands in a sentence: a bare role in the singular gets its article, `the mayor`; other names stay. */
export function withArticle(name: string): string {
  const head = name.split(/ (?:of|for|in|at|on|from|to|near|close|familiar|who) /, 1)[0] ?? ''
  const noun = head.split(' ').at(-1) ?? ''
  const isRole = /^\p{Ll}/u.test(name) && /^[a-z]/i.test(noun) && !hasArticle.test(name)
  return isRole && !isPlural.test(noun) ? `the ${name}` : name
}

const hasArticle = /^(?:the|an?|one|two|three|four|five|several|some|many|his|her|its|their|la|le|les|l['’])[\s'’]/i
const isPlural = /(?:[^s]s|people|police|media|staff|women|men|experts)$/i
