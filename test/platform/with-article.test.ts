import { expect, test } from 'vitest'
import { withArticle } from '../../src/platform/text/with-article.ts'

test.each([
  ['mayor', 'the mayor'],
  ['regional governor', 'the regional governor'],
  ['head of the council', 'the head of the council'],
  ['officials', 'officials'],
  ['two officials of the ministry', 'two officials of the ministry'],
  ['police', 'police'],
  ['a diplomat', 'a diplomat'],
  ['the operator', 'the operator'],
  ['Olena Koval', 'Olena Koval'],
  ['Kyiv mayor', 'Kyiv mayor'],
  ['обленерго', 'обленерго'],
  ['le maire de Dara', 'le maire de Dara'],
])('%s stands in a sentence as %s', (name, words) => expect(withArticle(name)).toBe(words))
