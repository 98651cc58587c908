/** Sentences of made-up news without an end, the same at each start: strikes on places that hardly repeat. */
export function* newsStream(): Generator<string, never> {
  const random = randomNumbers(20_261_123)
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() ** 2 * from.length)]!
  for (;;) {
    const place = pick(places)
    const [first, second, third] = [pick(words), pick(words), pick(words)]
    const count = 2 + Math.floor(random() * 90)
    yield `${pick(weapons)} hit the ${pick(things)} of ${place} on the ${first} side, and ${count} ${second} ${third} were damaged, ${pick(speakers)} said.`
  }
}

const weapons = ['Drones', 'Missiles', 'Shells', 'Rockets', 'Glide bombs']
const things = [
  'power plant',
  'oil depot',
  'substation',
  'railway station',
  'port',
  'water works',
  'bridge',
  'refinery',
]
const speakers = ['the governor', 'the mayor', 'the ministry', 'rescuers', 'the operator', 'police']

const syllables =
  'ba be bo da do fa ga ka ko la le lo ma mi mo na ni no pa po ra re ri ro sa se so ta te to va ve vi vo za zo'.split(
    ' ',
  )
const named = (n: number): string => {
  const [a, b, c] = [n % 37, Math.floor(n / 37) % 37, Math.floor(n / 1369) % 37].map((i) => syllables[i] ?? 'ka')
  return `${a}${b}${c}`
}
/** Frequent ones come first: `pick` takes them more often. */
const words = Array.from({ length: 9_000 }, (_, n) => `${named(n * 5 + 3)}n`)
const places = Array.from({ length: 2_500 }, (_, n) => {
  const name = named(n * 7 + 1)
  return `${name[0]!.toUpperCase()}${name.slice(1)}sk`
})

/** Numbers from 0 to 1, by a linear congruence. */
function randomNumbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}
