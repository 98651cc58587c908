import { expect, it } from 'vitest'
import { atom, parse } from './parse.ts'

const entry = (inside: string) => atom(`<entry><id>1</id>${inside}</entry>`)
const content = async (inside: string) => (await parse(entry(inside))).items[0]?.content

it.each([
  ['text by its type', 'type="text"', 'a &lt;b&gt;c&lt;/b&gt;', 'a <b>c</b>'],
  ['text without a type', '', '1 &lt; 2', '1 < 2'],
  ['HTML without a type', '', 'a &lt;b&gt;c&lt;/b&gt; caf&amp;eacute;', 'a c café'],
  ['HTML', 'type="html"', 'AT&amp;amp;T &lt;b&gt;c&lt;/b&gt;', 'AT&T c'],
  ['HTML by its media type', 'type="TEXT/HTML" mode="escaped"', '&lt;b&gt;c&lt;/b&gt;', 'c'],
  ['XHTML', 'type="xhtml"', '<div xmlns="http://www.w3.org/1999/xhtml">a <b>b</b> &lt; c</div>', 'a b < c'],
  ['base64', 'mode="base64"', 'YSA8IGI=', 'a < b'],
])('a title is %s', async (_kind, attributes, text, title) => {
  expect((await parse(entry(`<title ${attributes}>${text}</title>`))).items[0]?.title).toBe(title)
})

it('content is HTML, XHTML with any prefix, text, base64 of Atom 0.3, or the best of several forms', async () => {
  expect(await content('<content type="text">1 &lt; 2</content>')).toBe('1 &lt; 2')
  expect(await content('<content type="text">&lt;p&gt;a&lt;/p&gt;</content>')).toBe('<p>a</p>')
  expect(await content('<content type="text/html" mode="base64">PHA+aGk8L3A+</content>')).toBe('<p>hi</p>')
  expect(await content('<content type="text/plain" mode="base64">MSA8IDI=</content>')).toBe('1 &lt; 2')
  expect(await content('<content type="image/png">AAAA</content>')).toBeNull()
  const prefixed = '<h:div xmlns:h="http://www.w3.org/1999/xhtml">one <h:b>two</h:b></h:div>'
  expect(await content(`<content type="xhtml">${prefixed}</content>`)).toBe('<div>one <b>two</b></div>')
  const parts =
    '<content type="text/plain">plain</content><content type="text/html" mode="escaped">&lt;p&gt;rich&lt;/p&gt;</content>'
  expect(await content(`<content type="multipart/alternative">${parts}</content>`)).toBe('<p>rich</p>')
  expect(await content(parts)).toBe('<p>rich</p>')
})

it('content at another address becomes the link of the entry, and the summary stays', async () => {
  const { items } = await parse(entry('<content src="/out" type="text/html"/><summary>short</summary>'))
  expect(items).toMatchObject([{ url: 'https://example.org/out', summary: 'short', content: null }])
})

it('links within XHTML are resolved against its own bases, but not links within the page', async () => {
  const inner = '<div><p xml:base="5/"><a href="x">y</a></p><a href="#f">z</a></div>'
  const { items } = await parse(
    atom(
      `<entry xml:base="2/"><id>1</id><link xml:base="3/" href="l#f"/><content type="xhtml" xml:base="/4/">${inner}</content></entry>`,
      'xml:base="https://b.example/1/"',
    ),
  )
  expect(items).toMatchObject([
    {
      url: 'https://b.example/1/2/3/l#f',
      content: '<div><p><a href="https://b.example/4/5/x">y</a></p><a href="#f">z</a></div>',
    },
  ])
})
