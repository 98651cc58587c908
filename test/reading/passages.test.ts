import { describe, expect, test } from 'vitest'
import { passagesOf } from '../../src/reading/rules/passages/split-passages.ts'
import type { Source } from '../../src/reading/rules/types.ts'

function shown(source: Source): [kind: string, text: string][] {
  const { text, parts } = passagesOf(source)
  return parts.map((part) => [part.kind, text.slice(part.start, part.end)])
}

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

describe('Markdown and plain text', () => {
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
