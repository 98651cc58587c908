/** A name as it stands in a sentence: a bare role in the singular gets its article, `the mayor`; other names stay. */
export function withArticle(name: string): string {
  const head = name.split(/ (?:of|for|in|at|on|from|to|near|close|familiar|who) /, 1)[0] ?? ''
  const noun = head.split(' ').at(-1) ?? ''
  const isRole = /^\p{Ll}/u.test(name) && /^[a-z]/i.test(noun) && !hasArticle.test(name)
  return isRole && !isPluralNoun(noun) ? `the ${name}` : name
}

/** Whether an English noun stands for several: `officials`, `police`, `spokesmen`. */
export function isPluralNoun(noun: string): boolean {
  return /(?:[^s]s|men|people|police|media|staff)$/i.test(noun)
}

const hasArticle = /^(?:the|an?|one|two|three|four|five|several|some|many|his|her|its|their|la|le|les|l['’])[\s'’]/i
