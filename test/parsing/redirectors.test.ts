import { describe, expect, it } from 'vitest'
import { canonicalItemUrl } from '../../src/parsing/canonical-url.ts'
import { atom, parse } from './parse.ts'

const article = 'https://paper.example/2026/bridge?page=2'
const inParameter = encodeURIComponent(article)

describe('the address of an entry behind a redirector is that of the article', () => {
  it.each([
    `https://www.google.com/url?rct=j&sa=t&url=${inParameter}&ct=ga&cd=CAI&usg=AOv`,
    `https://www.google.com/url?rct=j&url=https://paper.example/2026/bridge%3Fpage%3D2&ct=ga`,
    `https://www.google.co.uk/url?q=${inParameter}&source=gmail`,
    `https://l.facebook.com/l.php?u=${inParameter}&h=AT0`,
    `https://out.reddit.com/t3_1?url=${inParameter}&token=x`,
    `https://www.youtube.com/redirect?event=video&q=${inParameter}`,
    `https://vk.com/away.php?to=${inParameter}`,
    `https://t.me/iv?url=${inParameter}&rhash=1`,
    `https://eur01.safelinks.protection.outlook.com/?url=${inParameter}&data=05`,
    `https://duckduckgo.com/l/?uddg=${inParameter}&rut=1`,
    `https://r.search.yahoo.com/_ylt=A2/RV=2/RE=17/RU=${inParameter}/RK=2/RS=x`,
    `https://www.google.com/url?url=${encodeURIComponent(`https://l.facebook.com/l.php?u=${inParameter}`)}`,
    `https://www.google.com/url?url=${encodeURIComponent(`${article}&utm_source=alert`)}&ct=ga`,
  ])('%s', (link) => expect(canonicalItemUrl(link)).toBe(article))
})

describe('an address that only mentions another one stays', () => {
  it.each([
    `https://web.archive.org/save?url=${inParameter}`,
    `https://social.example/sharer/sharer.php?u=${inParameter}`,
    `https://translate.example/translate?sl=uk&u=${inParameter}`,
    `https://desk.example/login?redirect=${inParameter}`,
    'https://www.google.com/url?sa=t&usg=AOv',
    'https://desk.example/redirect?to=/home',
    'https://desk.example/redirect?url=http://localhost/x',
    'https://out.example/articles/7?url=yes',
  ])('%s', (link) => expect(canonicalItemUrl(link)).toBe(link))
})

it('two search alerts on one article give one address', async () => {
  const entry = (id: number, usg: string) =>
    `<entry><id>tag:alerts.example,2026:${id}</id><title>Bridge &lt;b&gt;closed&lt;/b&gt;</title>
    <link href="https://www.google.com/url?rct=j&amp;url=${article}&amp;ct=ga&amp;usg=${usg}"/></entry>`
  const { items } = await parse(atom(entry(1, 'a') + entry(2, 'b')))
  expect(items.map(({ url }) => url)).toEqual([article, article])
})
