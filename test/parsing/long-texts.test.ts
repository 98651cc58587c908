import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseForgiving } from '../../src/parsing/xml/forgiving.ts'
import { shortenTexts } from '../../src/parsing/xml/long-texts.ts'
import { parseWellFormed } from '../../src/parsing/xml/well-formed.ts'

const long = 'The ferry to the northern islands runs again after nine days of storm.'
const rss = (item: string) => `<?xml version="1.0"?><rss version="2.0"><channel>${item}</channel></rss>`

describe('long texts', () => {
  it.each([
    ['a text', `<title>${long}</title>`, long],
    ['a CDATA section', `<title><![CDATA[${long} <b> &amp;]]></title>`, `${long} <b> &amp;`],
    ['references', `<title>${long} &lt;b&gt; &amp;amp; &#1110;&#x456; &quot;</title>`, `${long} <b> &amp; іі "`],
    ['a text in pieces', `<title>${long}<![CDATA[ ${long}]]> and ${long}</title>`, `${long} ${long} and ${long}`],
    ['a text after a comment', `<!-- > ${long} ' --><title>${long}</title>`, long],
    ['a text after an instruction', `<?php it's > ${long} ?><title>${long}</title>`, long],
  ])('come back as they were: %s', async (_, item, title) => {
    const tree = await parseWellFormed(rss(`<item a="1">${item}</item>`))
    expect(tree?.entries[0]?.children('title')[0]?.text).toBe(title)
  })

  it('stay within attributes', async () => {
    const tree = await parseWellFormed(
      rss(`<item><link title="> ${long} '" href="/${'x'.repeat(99)}">${long}</link></item>`),
    )
    const [link] = tree?.entries[0]?.children('link') ?? []
    expect([link?.attribute('title'), link?.text]).toEqual([`> ${long} '`, long])
  })

  it('are taken out of what the XML parser sees, and stay where their limits are uncertain', () => {
    expect(shortenTexts(rss(`<title>${long}</title>`)).xml).not.toContain('ferry')
    for (const xml of [
      rss(`<a b='"<'>${long}</a>`),
      rss(`<a>${long}</a><!-- `),
      `<!DOCTYPE x>${rss(long)}`,
      rss(`\uE0FF${long}`),
    ]) {
      expect(shortenTexts(xml).xml).toBe(xml)
    }
  })

  it('stay where a tag has a million attributes', () => {
    const xml = `<rss a=${`"'`.repeat(1_000_000)}>${long}</rss>`
    expect(shortenTexts(xml).xml).toBe(xml)
    const unclosed = `<rss>${'<!-- >'.repeat(200_000)}${long}</rss>`
    expect(shortenTexts(unclosed).xml).toBe(unclosed)
    const quoted = `<rss ${'a="" '.repeat(1_000_000)}>${long}</rss>`
    expect(shortenTexts(quoted).xml).toBe(quoted)
  })

  it('are those that the forgiving parser finds, for any pieces', async () => {
    const piece = fc.constantFrom(
      long,
      `<![CDATA[${long}<p>]]>`,
      `<![CDATA[]]>`,
      ' ',
      '&lt;p&gt;',
      "'",
      '"',
      `<!-- ${long} -->`,
      ']',
      '>',
    )
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 12 }), async (pieces) => {
        const xml = rss(`<item><title>${pieces.join('')}</title></item>`)
        const [strict, forgiving] = [await parseWellFormed(xml), parseForgiving(xml, '')]
        const textIn = (tree: typeof strict) => tree?.entries[0]?.children('title')[0]?.text.trim() ?? ''
        if (strict) expect(textIn(strict)).toBe(textIn(forgiving))
      }),
    )
  })
})
