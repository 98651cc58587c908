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
    '<h3>Коротко о главном</h3>',
    '<h3>أهم التطورات</h3>',
    '<h3>Die wichtigsten Entwicklungen der Woche</h3>',
    '<h3>Principais mensagens</h3>',
    '<h3>Punti salienti</h3>',
    '<h3>Najważniejsze wydarzenia</h3>',
    '<h3>Öne çıkan gelişmeler</h3>',
    '<h3>Flood bulletin: key events (as of 3 May)</h3>',
  ])('is known as %s', (heading) => {
    expect(stated({ html: `<p>Rain fell for a week.</p>${heading}<ul>${items}</ul><p>More rain is due.</p>` })).toEqual(
      takeaways,
    )
  })

  test.each(['Summary', 'Water and road updates', 'What you need to know', 'En resumen', 'Lage', 'Durum'])(
    'near the head of a report may be an opener, with items right below it: %s',
    (name) => {
      const list = `<h2>${name}</h2><ul>${items}</ul><p>More rain is due.</p>`
      expect(stated({ html: list })).toEqual(takeaways)
      const story = '<p>The river rose in the night and fell again by noon.</p>'.repeat(40)
      expect(stated({ html: story + list })).toEqual([])
    },
  )

  test('may be a sentence that announces the list', () => {
    const html = `<p>It was a wet week. These are the main developments, as we see them:</p><ol>${items}</ol><p>More rain is due.</p>`
    expect(stated({ html })).toEqual(takeaways)
    expect(stated({ html: html.replace('main developments', 'usual suspects') })).toEqual([])
  })

  test('stands at the end of a title line in plain text, whatever its case', () => {
    const list = takeaways.map((takeaway) => `- ${takeaway}`).join('\n')
    expect(stated({ text: `Valley Flood Bulletin 7, May Key Messages\n\n${list}\n\nMore rain is due.` })).toEqual(
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
  test.each([
    '-',
    '*',
    '•',
    '·',
    '‐',
    '–',
    '1.',
    '1/',
    '①',
    '➤',
    '✅',
    '🔹',
    '\uf0a7',
    '§',
    'a)',
    'ii.',
    'n\u00a0\u00a0',
  ])('may be typed as %s', (sign) => {
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

  test.each(['•', '▪', '·'])('%s within an item begins another one behind a full stop only', (sign) => {
    const [one, two, three] = [
      'The dam above Dara burst late on Monday.',
      'Nine wells of the valley give no clean water.',
      `The firms Valley ${sign} Wheat doubled their prices in the southern markets.`,
    ]
    const html = `<h2>Highlights</h2><ul><li>${one} ${sign} ${two}</li><li>${three}</li></ul>`
    expect(stated({ html })).toEqual([one, two, three])
    expect(stated({ markdown: `# Highlights\n\n- ${one} ${sign}${two}\n- ${three}\n` })).toEqual([one, two, three])
  })

  test('of two short takeaways are a list, and a number counts as a word', () => {
    const short = ['Shells hit the power plant above Dara.', '12,000 people fled their homes.']
    const html = `<p><b>Key Takeaways:</b></p><ul>${short.map((takeaway) => `<li>${takeaway}</li>`).join('')}</ul>`
    expect(stated({ html })).toEqual(short)
  })

  test('of nested items are no part of a sentence above them, but the rest of a label above them', () => {
    const nested = (above: string) =>
      `<h2>Highlights</h2><ul><li>${above}<ul><li>Forty homes are under water.</li></ul></li></ul>`
    expect(stated({ html: nested('The dam above Dara burst on Monday night.') })).toEqual([
      'The dam above Dara burst on Monday night.',
    ])
    expect(stated({ html: nested('Homes:') })).toEqual(['Homes: Forty homes are under water.'])
  })

  test('of a second kind are nested in those of the first', () => {
    const html = `<h2>Highlights</h2><p>• The dam above Dara burst on Monday night.<br>– Forty homes are under water.<br>• ${takeaways[1]}</p>`
    expect(stated({ html })).toEqual(['The dam above Dara burst on Monday night.', takeaways[1]])
  })
})

describe('items without bullets', () => {
  const body = '<h2>Roads</h2><p>The coast road runs below the cliffs. It was built long ago.</p>'

  test.each([
    ['lines of a paragraph', `<p><b>Key takeaways</b><br>${takeaways.join('<br>')}</p>${body}`],
    ['paragraphs', `<h2>Key takeaways</h2>${takeaways.map((each) => `<p>${each}</p>`).join('')}${body}`],
    [
      'cards',
      `<div><b>Highlights</b></div>${takeaways.map((each) => `<div><svg></svg><div>${each}</div></div>`).join('')}${body}`,
    ],
    [
      'headings',
      `<h2>Key takeaways</h2>${takeaways.map((each) => `<h3>${each}</h3><p>${each} So it is.</p>`).join('')}<h2>Roads</h2>`,
    ],
  ])('may be %s', (_, html) => {
    expect(stated({ html })).toEqual(takeaways)
  })

  test('are the lines right below the name in plain text', () => {
    const text = `Rain fell for a week.\n\nKey takeaways\n${takeaways.join('\n')}\n\nMore rain is due, and the river will rise.`
    expect(stated({ text })).toEqual(takeaways)
  })

  test('are the short paragraphs before a note on the report', () => {
    const text = `Key takeaways\n\n${takeaways.join('\n\n')}\n\nWe do not cover the weather of other valleys.\n\nRain fell for a week.`
    expect(stated({ text })).toEqual(takeaways)
  })

  test('below an opener are paragraphs that begin in bold', () => {
    const led = (lead: string) =>
      ['Rain fell for a week.', ...takeaways].map((each) => `<p>${lead} ${each}</p>`).join('')
    const text = (lead: string) =>
      stated({ html: `<h2>In brief</h2>${led(lead)}<h2>Roads</h2><p>More rain is due.</p>` })
    expect(text('<b>Water.</b>')).toHaveLength(3)
    expect(text('Water.')).toEqual([])
  })

  test('are not figures on cards', () => {
    const cards = '<div>12 400*</div><div>homes flooded since May</div>'
    const html = `<h2>Highlights</h2>${takeaways.map((each) => `<p>${each}</p>`).join('')}${cards}`
    expect(stated({ html })).toEqual(takeaways)
  })
})

describe('the end of the list', () => {
  test('is an image, where the list after it does not consist of sentences', () => {
    const html = `<h2>Key takeaways</h2><ul>${items}</ul><img src="map.png"><ul><li>Northern effort of the three efforts named here</li></ul>`
    expect(stated({ html })).toEqual(takeaways)
  })

  test.each([
    '<img src="map.png">',
    '<hr>',
    '<figure><img src="a.png"><figcaption>Map by the desk</figcaption></figure>',
    '<img src="map.png"><p>The valley from above</p>',
    '<p>Photo: Valley Post</p>',
    '<p>“We have never seen such a flood”</p>',
    '<p class="pullquote">We have never seen such a flood, says the mayor.</p>',
    '<p>Advertisement</p>',
    '<p>Read also: <a href="a">The flood of 1921</a></p>',
    '<div class="subscribe-box"><h4>Our newsletter</h4><p>Get the news of the valley in your inbox.</p></div>',
    '<blockquote>We have never seen such a flood.</blockquote>',
  ])('is not %s between two sentences of it', (between) => {
    const [first, second] = takeaways
    const html = `<h2>Key takeaways</h2><ul><li>${first}</li></ul>${between}<ul><li>${second}</li></ul><h2>Roads</h2>`
    expect(stated({ html })).toEqual(takeaways)
  })

  test('is not the heading of one of its parts', () => {
    const [first, second] = takeaways
    const html = `<h2>Key takeaways</h2><h3>Water</h3><ul><li>${first}</li></ul><h3>Roads</h3><ul><li>${second}</li></ul><h2>More</h2><ul><li>This bridge is not in the list of takeaways.</li></ul>`
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

test('an item goes on over the lines that its width has wrapped', () => {
  const text = [
    'Key takeaways',
    '',
    '* The dam above the town of Dara burst on Monday night after a long',
    'week of rain. Forty homes in the lower part of the town are now under',
    'water.',
    '* Two bridges on the coast road are closed to lorries until the end of',
    'the month.',
    'More rain is due.',
  ].join('\n')
  expect(stated({ text })).toEqual([
    'The dam above the town of Dara burst on Monday night after a long week of rain. Forty homes in the lower part of the town are now under water.',
    'Two bridges on the coast road are closed to lorries until the end of the month.',
  ])
})

test('a list that repeats the body, but not in sentences, is a table of contents', () => {
  const parts = [
    'Main effort in the east of the valley',
    'Second effort at the coast road',
    'Third effort on the hills',
  ]
  const html = `<ul>${parts.map((part) => `<li>${part}</li>`).join('')}</ul>${parts.map((part) => `<p>${part}</p><p>Rain fell.</p>`).join('')}`
  expect(stated({ html })).toEqual([])
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
