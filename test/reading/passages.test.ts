import { describe, expect, test } from 'vitest'
import { passagesOf } from '../../src/reading/rules/passages/split-passages.ts'
import type { Source } from '../../src/reading/rules/types.ts'

function shown(source: Source): [kind: string, text: string][] {
  const { text, parts } = passagesOf(source)
  return parts.map((part) => [part.kind, text.slice(part.start, part.end)])
}

describe('a blank that a removed tag left', () => {
  test.each([
    [
      '<p>She called it <a>slow and late</a> , then left <b>the hall</b> .</p>',
      'She called it slow and late, then left the hall.',
    ],
    ['<p>A “ <a>charm offensive</a> ,” he said.</p>', 'A “charm offensive,” he said.'],
    ['<p>They went home “ again ” .</p>', 'They went home “again”.'],
  ])('goes: %s', (html, text) => expect(shown({ html })).toEqual([['paragraph', text]]))

  test.each(['Elle a dit « non » : rien', 'Er sagte „nein“ und ging', 'A .22 rifle and ... a pause', 'Pages 3 , 4'])(
    'is none where it belongs: %s',
    (text) => expect(shown({ html: `<p>${text}</p>` })[0]?.[1]).toBe(text.replace('3 , 4', '3, 4')),
  )
})

describe('the line below a title that a summary joins to the first sentence', () => {
  const line = 'Rail line through the hills of Dara closed for a week after days of rain'
  test.each([
    'A landslide has buried the track, the operator said.',
    'More than 40 trains stand still, the operator said.',
    'The Lomna river has buried the track, the operator said.',
    'Dara has lost its rail line through the hills after days of rain.',
  ])('is a passage of its own before: %s', (sentence) => {
    expect(shown({ text: `${line} ${sentence} Nobody was hurt.` })).toEqual([
      ['paragraph', line],
      ['paragraph', `${sentence} Nobody was hurt.`],
    ])
  })

  test.each([
    'Doctors of the hill towns give children vitamin A drops and keep the clinic of Dara open at night.',
    'The council closed the wells that the engineers Dara has sent to the hills had found dry in spring.',
    'Floods and rain have closed the rail line of the hills since Monday, and Dara and Lorn have lost the rail line of the hills.',
    'The team of the northern valley lost in group A when the rain came, the trainer told the paper.',
  ])('but a sentence is none: %s', (sentence) => expect(shown({ text: sentence })).toHaveLength(1))
})

describe('HTML', () => {
  test('headings, paragraphs, items, rows and quotes become passages of one text', () => {
    const html =
      '<h2>North</h2><p>Rain fell.</p><ul><li>Roads are shut.</li></ul><blockquote>Stay home.</blockquote><table><tr><td>Wells</td><td>12</td></tr></table>'
    expect(shown({ html })).toEqual([
      ['heading', 'North'],
      ['paragraph', 'Rain fell.'],
      ['item', 'Roads are shut.'],
      ['quote', 'Stay home.'],
      ['row', 'Wells | 12'],
    ])
  })

  test('a nested item is one level deeper and belongs to its parent item', () => {
    const { parts } = passagesOf({
      html: '<ul><li>Wells are dry.<ul><li>Two in Dara.</li></ul></li><li>Roads are shut.</li></ul>',
    })
    expect(parts.map(({ level, item }) => [level, item])).toEqual([
      [1, 1],
      [2, 1],
      [1, 2],
    ])
  })

  test('only the article of a page is read where the page marks one', () => {
    const html =
      '<body><p>Popular stories of the week.</p><article><p>The bridge over the Irpin has opened to lorries again.</p></article></body>'
    expect(shown({ html })).toEqual([['paragraph', 'The bridge over the Irpin has opened to lorries again.']])
  })

  test('scripts, menus, hidden parts and share boxes are not read', () => {
    const html =
      '<script>let a = 1</script><nav>Menu of pages</nav><div hidden>Secret words</div><div class="share-box">Tell friends</div><p>The dam holds.</p>'
    expect(shown({ html })).toEqual([['paragraph', 'The dam holds.']])
  })

  test('the list of a word processor is a list, although its bullets are separate paragraphs', () => {
    const bullet =
      '<p class="MsoNormal" style="mso-list: l1 level1 lfo1"></p><p><span style="mso-list: Ignore">·<span>     </span></span></p>'
    expect(shown({ html: `${bullet}<p>The port reopened.</p>${bullet}<p>Ferries run again.</p>` })).toEqual([
      ['item', 'The port reopened.'],
      ['item', 'Ferries run again.'],
    ])
  })

  test('lines with typed bullets in one paragraph are items', () => {
    expect(shown({ html: '<p>• The port reopened.<br>• Ferries run again.</p>' })).toEqual([
      ['item', 'The port reopened.'],
      ['item', 'Ferries run again.'],
    ])
  })
})

describe('tables', () => {
  test('that lay out a text give paragraphs, with a short cell as the head of the next', () => {
    const html =
      '<table><tr><td>The river rose by two metres in a night.</td><td>Forty homes are under water now.</td></tr><tr><td>Roads</td><td>Two bridges are closed to lorries until May.</td></tr></table>'
    expect(shown({ html })).toEqual([
      ['paragraph', 'The river rose by two metres in a night.'],
      ['paragraph', 'Forty homes are under water now.'],
      ['heading', 'Roads'],
      ['paragraph', 'Two bridges are closed to lorries until May.'],
    ])
  })

  test('of numbered sentences give items without their numbers', () => {
    const row = (n: number, text: string) => `<tr><td>${n}.</td><td>${text}</td></tr>`
    const html = `<table>${row(1, 'The river rose by two metres.')}${row(2, 'Two bridges are closed to lorries.')}</table>`
    expect(shown({ html }).map(([, text]) => text)).toEqual([
      'The river rose by two metres.',
      'Two bridges are closed to lorries.',
    ])
  })
})

describe('heads', () => {
  test.each([
    ['<p><strong>Why it matters:</strong> The dam feeds two towns.</p>', 'Why it matters:', 'The dam feeds two towns.'],
    ['<p>COA 1: The keepers open the gates.</p>', 'COA 1:', 'The keepers open the gates.'],
    ['<p>Analyst comment: The keepers open the gates.</p>', 'Analyst comment:', 'The keepers open the gates.'],
    ['<p>Scenario B: The keepers open the gates.</p>', 'Scenario B:', 'The keepers open the gates.'],
    ['<p>Контекст: Річка піднялася за ніч.</p>', 'Контекст:', 'Річка піднялася за ніч.'],
    ['<p>3. Shelter</p><p>The dam feeds two towns.</p>', 'Shelter', 'The dam feeds two towns.'],
  ])('are apart from what follows them: %s', (html, head, text) => {
    expect(shown({ html })).toEqual([
      ['heading', head],
      ['paragraph', text],
    ])
  })

  test('lose their numbers where these count them', () => {
    const html = '<h2>1. The river rose.</h2><p>It fell.</p><h2>2. The dam holds.</h2>'
    expect(shown({ html }).map(([, text]) => text)).toEqual(['The river rose.', 'It fell.', 'The dam holds.'])
    expect(shown({ html: '<h2>27. May</h2><p>It fell.</p>' })[0]).toEqual(['heading', '27. May'])
  })

  test('are not made of an ordinary sentence with a colon, nor of an item of a list', () => {
    expect(shown({ html: '<p>The mayor said: stay home.</p>' })).toHaveLength(1)
    expect(shown({ html: '<h2>Highlights</h2><p><b>Water:</b> The dam holds.</p>' })).toHaveLength(2)
  })
})

test('in a list of other publishers’ headlines, headline and outlet are apart', () => {
  const item = (headline: string, outlet: string) =>
    `<li><a href="https://a.test/${outlet}">${headline}</a>&nbsp;&nbsp;<font>${outlet}</font></li>`
  const html = `<ol>${item('Dam bursts above Dara', 'Valley Post')}${item('Thousands flee flood', 'The Courier')}</ol>`
  expect(shown({ html }).map(([, text]) => text)).toEqual([
    'Dam bursts above Dara — Valley Post',
    'Thousands flee flood — The Courier',
  ])
})

test('the words of a frame for readers without it are read', () => {
  expect(
    shown({
      html: '<object data="a.pdf"><p>The dam holds.</p></object><iframe src="b"><p>Rain <b>fell</b>.</p></iframe>',
    }).map(([, text]) => text),
  ).toEqual(['The dam holds.', 'Rain fell.'])
})

describe('Markdown and plain text', () => {
  test('a bullet without a full stop does not swallow the paragraph after it', () => {
    const text = '- Two bridges are closed\n- The dam holds\nThe mayor of Dara spoke to the people in the evening.'
    expect(shown({ text }).map(([kind]) => kind)).toEqual(['item', 'item', 'paragraph'])
  })

  test('a word that is split at the end of a line is one word again, and a compound keeps its hyphen', () => {
    const text =
      'The flood above the town of Dara has damaged the infra-\nstructure of the valley, and a long-\nterm plan is due.'
    expect(shown({ text })).toEqual([
      [
        'paragraph',
        'The flood above the town of Dara has damaged the infrastructure of the valley, and a long-term plan is due.',
      ],
    ])
  })

  test('a numbered line between two paragraphs is their head', () => {
    const text = 'Rain fell for a week in the valley.\n\n2. Shelter\nMany households of the valley still live in tents.'
    expect(shown({ text })[1]).toEqual(['heading', 'Shelter'])
  })

  test('Markdown is read without its marks, its images and its front matter', () => {
    const markdown =
      '---\ntitle: A\n---\n# North\n\nThe *old* **dam** at [Dara](https://a.test/b) holds\\*.\n\n![map](https://a.test/m.png)\n\n- Roads are _shut_.'
    expect(shown({ markdown })).toEqual([
      ['heading', 'North'],
      ['paragraph', 'The old dam at Dara holds*.'],
      ['item', 'Roads are shut.'],
    ])
  })

  test('plain text with Markdown in it is read as Markdown', () => {
    expect(shown({ text: '**The dam holds.** Rain fell.' })).toEqual([['paragraph', 'The dam holds. Rain fell.']])
  })

  test('lines wrapped at a width are one paragraph, and longer lines are one paragraph each', () => {
    const wrapped = 'The dam above the town of Dara held through the night\nalthough the river rose.'
    expect(shown({ text: wrapped })).toHaveLength(1)
    const long =
      'The dam above the town of Dara held through the night although the river rose by two metres in only one hour.'
    expect(shown({ text: `${long}\n${long}` })).toHaveLength(2)
  })
})

describe('the canonical text', () => {
  test('is NFC, well-formed, without control characters, with single blanks', () => {
    const { text } = passagesOf({ html: '<p>Cafe\u0301\u0000  of \u00a0 Kyiv \ud83d end\u200b</p>' })
    expect(text).toBe('Café of Kyiv \ufffd end')
  })

  test('leaves out the boilerplate of the page', () => {
    const boilerplate = [
      'Click here to see the map of the front.',
      'Subscribe to our newsletter',
      'Share this on',
      'We use cookies to improve this website.',
    ]
    const html = `${boilerplate.map((line) => `<p>${line}</p>`).join('')}<p>The dam holds.</p>`
    expect(shown({ html })).toEqual([['paragraph', 'The dam holds.']])
  })
})
