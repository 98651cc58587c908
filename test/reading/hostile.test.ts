import { expect, test } from 'vitest'
import { read } from '../../src/reading/rules/read.ts'
import { builtinTopics } from '../../src/reading/rules/topics/topic-file.ts'
import type { Source } from '../../src/reading/rules/types.ts'

const many = (text: string, times = 20_000) => text.repeat(times)

/** Words whose hash is the same: `Aa` and `BB` add the same to it. */
const wordsOfOneHash = (count: number) =>
  Array.from({ length: count }, (_, i) =>
    [...i.toString(2).padStart(19, '0')].map((bit) => (bit === '1' ? 'Aa' : 'BB')).join(''),
  ).join(' ')

/** Each of these takes hours when a step backtracks over the whole text, and then exceeds the test's time limit. */
test.each<[string, Source]>([
  ['nested elements', { html: many('<div>') }],
  ['nested lists', { html: `<p>Key takeaways</p>${many('<ul><li>one two three four five')}` }],
  ['tags that close nothing', { html: many('<b>') + many('</i>') }],
  ['items', { html: `<p>Highlights</p><ul>${many('<li>one two three four five six</li>', 100_000)}` }],
  ['bold runs', { html: `<p>${many('<b>A is so.</b> B is not. ')}` }],
  ['line breaks', { html: many('word<br>') }],
  ['bullets on one line', { text: many('• a ') }],
  ['full stops', { text: `${many('.')}x` }],
  ['quotation marks', { text: `${many('."')}x` }],
  ['open brackets', { markdown: many('[](') }],
  ['stars', { markdown: many('** a * ') }],
  ['an endless front matter', { text: `---\r\n${many('a: b\r\n')}` }],
  ['one word', { text: many('a') }],
  ['the words of a rule in one sentence', { text: many('strike power plant ') }],
  ['list names', { text: many('KEY TAKEAWAYS\n') }],
  ['wrapped lines', { text: many('ten words or so stand on each of these lines\n') }],
  ['heads of other stories', { text: many('Related\n\n') }],
  ['furniture', { html: many('<div class="share"><p>Share this text with all of your friends.</p></div>') }],
  [
    'cells',
    { html: `<table>${many('<tr><td>1</td><td>The dam above Dara burst on Monday night.</td></tr>')}</table>` },
  ],
  ['labels', { html: many('<p><b>Why:</b> the dam burst.</p>') }],
  ['names with their items', { html: many('<p>Highlights</p><ul><li>one two</li></ul><blockquote>a</blockquote>') }],
  ['digits behind full stops', { text: many('burst.7 ') }],
  ['split words', { text: many('infra-\n') }],
  ['thanks', { text: many('Thanks to all our ') }],
  ['frames', { html: `<iframe>${many('<p <')}` }],
  ['words of one hash', { text: wordsOfOneHash(120_000) }],
  ['accents alone', { html: many('e<b>\u0301</b>') }],
])('a text of nothing but %s is read in bounded time', (_, source) => {
  const { text, takeaways } = read(source, builtinTopics)
  for (const { start, end, quote } of takeaways.flatMap((t) => t.evidence)) {
    expect(text.slice(start, end)).toBe(quote)
    expect(quote.length).toBeLessThanOrEqual(2_000)
  }
})
