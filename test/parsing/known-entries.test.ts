import { expect, it } from 'vitest'
import { cutKnown } from '../../src/parsing/known-entries.ts'
import { parseFeed } from '../../src/parsing/parse-feed.ts'
import { entries, rssOf } from './entries.ts'

it('known entries are left out, and new and edited entries are read', async () => {
  const first = await parseFeed(Buffer.from(rssOf(entries(3))), { url: '' })
  const seen = first.kind === 'parsed' ? first.fingerprints : []
  const edited = rssOf([{ id: '0', text: 'Edited.' }, ...entries(4).slice(1)])
  const again = await parseFeed(Buffer.from(edited), { url: '', seen })
  expect(again).toMatchObject({ entries: 4, document: { title: 'Desk', items: [{ key: '0' }, { key: '3' }] } })
})

it.each([
  ['an entry within CDATA', '<rss><a><![CDATA[<item>x</item>]]></a></rss>'],
  ['an entry within a comment', '<rss><!-- <item>x</item> --></rss>'],
  ['an entry that does not end', '<rss><item>x</rss>'],
  ['an entry within an entry', '<rss><item><item>x</item></item></rss>'],
])('nothing is removed from a document with %s', (_, text) => {
  expect(cutKnown(text, new Set(['x']))).toMatchObject({ text, fingerprints: [] })
})

it('entries that share an id are always read together', async () => {
  const shared = rssOf([
    { id: 'x', title: 'a' },
    { id: 'x', title: 'b' },
  ])
  expect(await parseFeed(Buffer.from(shared), { url: '' })).toMatchObject({ entries: 2, fingerprints: [] })
})
