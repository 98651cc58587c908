import { expect, test } from 'vitest'
import { publisherName } from '../../src/editions/mail/publisher-name.ts'

const report = 'https://www.valley-post.example/news/2026/dam'

test.each([
  ['Valley Post', 'Valley Post'],
  ['Valley Post - World', 'Valley Post - World'],
  ['Valley Post – Breaking News, World News and Video from the Valley Post', 'Valley Post'],
  ['Valley Post: all that happens between the two rivers of the north', 'Valley Post'],
  ['Latest news from the valley and the world | Valley Post', 'Valley Post'],
  [
    'Office for the Coordination of Relief in the Northern Valleys',
    'Office for the Coordination of Relief in the Northern Valleys',
  ],
  ['Breaking Dams', 'Breaking Dams'],
  ['Discover Rivers', 'Discover Rivers'],
  ['Get the latest international news and world events', 'valley-post.example'],
  ['Latest News', 'valley-post.example'],
  ['Your source for news of the valley', 'valley-post.example'],
  ['RSS feed', 'valley-post.example'],
  ['https://feeds.river-desk.example/all.xml', 'river-desk.example'],
  ['  ', 'valley-post.example'],
])('the source line names a publisher, not its slogan: %j', (title, name) => {
  expect(publisherName(title, report)).toBe(name)
})

test('a slogan is shown where nothing else is known', () => {
  expect(publisherName('Latest News', null)).toBe('Latest News')
  expect(publisherName('', 'javascript:alert(1)')).toBe('Untitled feed')
  expect(publisherName('x '.repeat(90), null)).toHaveLength(80)
})
