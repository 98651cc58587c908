import { describe, expect, test } from 'vitest'
import { read } from '../../src/reading/rules/read.ts'
import type { Source } from '../../src/reading/rules/types.ts'

const takeaways = [
  'The dam above Dara burst on Monday night after a week of rain.',
  'Two bridges on the coast road are closed to lorries.',
]
const items = takeaways.map((takeaway) => `<li>${takeaway}</li>`).join('')

function stated(source: Source): string[] {
  return read(source, []).takeaways.flatMap((t) => (t.kind === 'stated' ? [t.text] : []))
}

describe('the heading of the publisher’s list', () => {
  test.each([
    '<h2>Key Takeaways</h2>',
    '<h4>KEY MESSAGES:</h4>',
    '<p><b>Toplines</b></p>',
    '<p><span>Key</span><span> Find</span><span>ings:</span></p>',
    '<div>HIGHLIGHTS</div>',
    '<p>Key&nbsp;developments</p>',
    '<p>Five key takeaways from the week</p>',
    '<p>Flood bulletin no. 7 <b>Highlights</b></p>',
    '<p>Flood bulletin no. 7 KEY POINTS</p>',
    '<p><b>At a glance</b></p>',
    '<h3>Points clés :</h3>',
    '<h3>Mensajes clave</h3>',
    '<h3>Ключові висновки</h3>',
  ])('is known as %s', (heading) => {
    expect(stated({ html: `<p>Rain fell for a week.</p>${heading}<ul>${items}</ul><p>More rain is due.</p>` })).toEqual(
      takeaways,
    )
  })

  test('may stand twice, first without a list after it', () => {
    const html = `<p>Key takeaways</p><p>See below.</p><h2>Key takeaways</h2><ul>${items}</ul>`
    expect(stated({ html })).toEqual(takeaways)
  })

  test('may be followed by one line that introduces the list', () => {
    expect(stated({ html: `<h2>Highlights</h2><p>In the first week of May:</p><ul>${items}</ul>` })).toEqual(takeaways)
  })
})

describe('the bullets', () => {
  test.each(['-', '*', '•', '·', '‐', '–', '1.'])('may be typed as %s', (sign) => {
    expect(
      stated({
        text: `Key takeaways\n\n${takeaways.map((takeaway) => `${sign} ${takeaway}`).join('\n')}\n\nMore rain is due.`,
      }),
    ).toEqual(takeaways)
  })

  test('may be lists of one item each, or paragraphs in bold', () => {
    expect(
      stated({ html: `<h2>Highlights</h2>${takeaways.map((takeaway) => `<ul><li>${takeaway}</li></ul>`).join('')}` }),
    ).toEqual(takeaways)
    expect(
      stated({
        html: `<h2>Highlights</h2>${takeaways.map((takeaway) => `<p><b>${takeaway}</b></p>`).join('')}<p>More rain is due.</p>`,
      }),
    ).toEqual(takeaways)
  })

  test('of two short takeaways are a list, and a number counts as a word', () => {
    const short = ['Shells hit the power plant above Dara.', '12,000 people fled their homes.']
    const html = `<p><b>Key Takeaways:</b></p><ul>${short.map((takeaway) => `<li>${takeaway}</li>`).join('')}</ul>`
    expect(stated({ html })).toEqual(short)
  })

  test('of nested items stay with their parent item', () => {
    const html =
      '<h2>Highlights</h2><ul><li>The dam above Dara burst on Monday night.<ul><li>Forty homes are under water.</li></ul></li></ul>'
    expect(stated({ html })).toEqual(['The dam above Dara burst on Monday night. Forty homes are under water.'])
  })

  test('of a second kind are nested in those of the first', () => {
    const html = `<h2>Highlights</h2><p>• The dam above Dara burst on Monday night.<br>– Forty homes are under water.<br>• ${takeaways[1]}</p>`
    expect(stated({ html })).toEqual([
      'The dam above Dara burst on Monday night. Forty homes are under water.',
      takeaways[1],
    ])
  })
})

describe('the end of the list', () => {
  test('is an image, although another list follows it', () => {
    const html = `<h2>Key takeaways</h2><ul>${items}</ul><img src="map.png"><ul><li>Northern effort of the three efforts named here</li></ul>`
    expect(stated({ html })).toEqual(takeaways)
  })

  test('is a new line of text right after the last item', () => {
    const text = `**Key takeaways**\n* ${takeaways[0]}\n* ${takeaways[1]}\nWe thank all who sent us news.`
    expect(stated({ text })).toEqual(takeaways)
  })
})

describe('no list of takeaways', () => {
  test.each([
    ['figures', '<h2>Key figures</h2><ul><li>Homes flooded: 40</li><li>Bridges shut: 2</li></ul>'],
    [
      'contacts',
      '<h2>At a glance</h2><ul><li>Olena, press desk, olena@a.test</li><li>Ivan, maps, ivan@a.test</li></ul>',
    ],
    [
      'efforts',
      '<p>We follow these efforts:</p><ul><li>Main effort in the east of the country with two parts</li><li>Supporting effort in the south of the country</li></ul>',
    ],
    [
      'a summary in sentences',
      '<h2>Executive summary</h2><p>The dam above Dara burst. Two bridges are shut. More rain is due.</p>',
    ],
  ])('is found in %s', (_, html) => {
    expect(
      stated({ html: `<p>Rain fell for a week.</p>${html}<p>The river rose. It fell again. People went home.</p>` }),
    ).toEqual([])
  })
})

test('a list without a heading is recognised because it repeats the body', () => {
  const third = 'Farmers lost most of their early wheat in the northern valleys.'
  const body = [...takeaways, third]
    .map((takeaway) => `<p><b>${takeaway}</b> The rest of the paragraph tells how it came to that.</p>`)
    .join('')
  expect(stated({ html: `${body}<ul>${items}<li>${third}</li></ul><p>More rain is due.</p>` })).toEqual([
    ...takeaways,
    third,
  ])
})
