import { describe, expect, test } from 'vitest'
import { passagesOf } from '../../src/reading/rules/passages/split-passages.ts'
import { read } from '../../src/reading/rules/read.ts'
import type { Source } from '../../src/reading/rules/types.ts'

function texts(source: Source): string[] {
  const { text, parts } = passagesOf(source)
  return parts.map((part) => text.slice(part.start, part.end))
}

const body = [
  'The dam above Dara burst on Monday night.',
  'Two bridges on the coast road are closed to lorries until the end of May.',
]
const paragraphs = body.map((text) => `<p>${text}</p>`).join('')

describe('lines that are no part of a report', () => {
  test.each([
    'The post <a href="a">Night of rain</a> appeared first on <a href="b">Valley Post</a>.',
    'L’article <a href="a">Nuit de pluie</a> est apparu en premier sur <a href="b">La Vallée</a>.',
    'La entrada <a href="a">Noche</a> se publicó primero en <a href="b">El Valle</a>.',
    'Der Beitrag <a href="a">Regen</a> erschien zuerst auf <a href="b">Talpost</a>.',
    'Запис <a href="a">Ніч дощу</a> спершу з’явився на <a href="b">Долина</a>.',
    'Запись <a href="a">Ночь дождя</a> впервые появилась <a href="b">Долина</a>.',
    'Wpis <a href="a">Noc</a> pojawił się po raz pierwszy <a href="b">Dolina</a>.',
    'Please refer to the attached file.',
    'Country: Norway',
    'Download the PDF (3 MB)',
    'This bulletin was produced by the Valley Office with its partners.',
    'Este boletín fue elaborado por la oficina del valle. Cubre el periodo del 1 al 7 de mayo.',
    'The Valley Office is grateful to the town of Lund for its support.',
    'Thanks for reading! Subscribe for free to receive new posts.',
    'Read also: <a href="a">Flood takes 40 homes in the next valley</a>',
    'Читайте також: <a href="a">Повінь у сусідній долині забрала 40 будинків</a>',
    'Photo: Olena Koval / Valley Post',
    'A house under water in Dara, May 3. Photo: Valley Post',
    'Source: Valley Office, survey of May.',
    'This letter is brought to you by Northern Boots. Get 20% off with code VALLEY.',
    'Note: The data cut-off for this bulletin was noon on May 3.',
    'That’s all for this week. Stay dry.',
    'You are receiving this because you signed up.',
    'Valley Aid is a reader-supported publication. To receive new posts, consider becoming a paid subscriber.',
    'If you no longer wish to receive these letters, you can unsubscribe here.',
    'Підписуйтесь на наш канал, щоб нічого не пропустити.',
    'The boundaries and names shown on this map do not imply official endorsement by the Valley Office.',
    'The views expressed in this article are those of the author.',
    'This project is funded by the Kingdom of Norway. The contents are the responsibility of the Valley Office.',
    'Suggested citation: Valley Office, Floods in the valley, May 2025.',
    'Percentages do not add up to 100 because people could choose several answers.',
    'Data were collected between 1 and 7 May through interviews with 412 key informants.',
    'Olena Koval is a senior fellow at the Valley Institute, where she works on water.',
    'Ivan Petrenko covers energy for the Valley Post from Harn.',
    'A mother and her child wait at the clinic in Orla. © Valley Office/Koval',
    'Some names have been changed to protect the people who spoke to us.',
    'The full data set can be downloaded from the website of the Valley Office.',
    'Methodology: answers were weighed by the number of people in each village.',
  ])('%s', (line) => {
    const rest = texts({ html: `${paragraphs}<p>${line}</p>` }).slice(2)
    expect(rest.join(' ').replace('Stay dry.', '')).toBe('')
  })

  test('are cut from the end of a paragraph, and its other sentences stay', () => {
    const html =
      '<p>Many households of the valley still live in tents. The Valley Office is grateful to its donors for their support.</p>'
    expect(texts({ html })).toEqual(['Many households of the valley still live in tents.'])
  })

  test('and a credit are cut from a summary, which stays', () => {
    expect(texts({ html: 'The dam above Dara burst on Monday. (Image credit: Ivan Petrenko)' })).toEqual([
      'The dam above Dara burst on Monday.',
    ])
    expect(texts({ text: 'The dam above Dara burst. Photo: Ivan Petrenko' })).toEqual([
      'The dam above Dara burst. Photo: Ivan Petrenko',
    ])
    expect(texts({ text: 'The dam above Dara burst. Continue reading...' })).toEqual(['The dam above Dara burst.'])
  })

  test('and half a sentence are cut behind a whole one', () => {
    const whole = 'The dam above Dara burst on Monday.'
    expect(texts({ text: `${whole} Repairs have begun, and the mayor […]` })).toEqual([whole])
    expect(texts({ text: 'Repairs have begun, and the mayor [...]' })).toEqual([
      'Repairs have begun, and the mayor [...]',
    ])
  })

  test('are not words that only begin like an invitation', () => {
    const text = 'Subscribers of the water board will pay twice as much from June.'
    const takeaways = read({ html: `${paragraphs}<p>${text}</p>` }, []).takeaways.map((takeaway) => takeaway.text)
    expect(takeaways).toEqual([...body, text])
  })

  test('leave nothing where a text has nothing else', () => {
    expect(read({ html: '<p>Please refer to the attached file.</p>' }, []).takeaways).toEqual([])
  })

  test.each([
    'People of the valley may sign up for a place on a bus until Friday.',
    'Related violence has forced 300 people out of the valley.',
    'Like this dam, many others are more than a century old.',
    'Find our way home is what they did on foot, through the rain.',
    'Source: Valley Post, 3 May: In Dara a group of keepers tried to close the old gates of the dam by hand.',
    'Source after source says that the dam was old.',
    'The opinions expressed at the trial split the town in two camps.',
    'The boundaries of the flood are not shown on any map yet.',
    'The programme was funded by a tax on fuel that the council has dropped.',
    'Olena Koval is the first woman to lead the dam office, and she has promised to rebuild it by June.',
    'Ivan Petrenko is a journalist of the Valley Post, and police arrested him on Friday.',
    'Reporting by witnesses suggests that the gates were never closed.',
    'Information was gathered by drones over the valley on Tuesday, the army said.',
    'Print shops in the valley have closed for good.',
    'The people of Dara are grateful that the rain has stopped.',
    'The post office of Dara appeared in ruins on Monday.',
  ])('are not made of a sentence that begins like one: %s', (sentence) => {
    expect(texts({ html: `${paragraphs}<p>${sentence}</p>` })).toContain(sentence)
  })
})

describe('sections of other stories and other people', () => {
  const headlines = '<ul><li><a href="a">The dam above Dara burst in 1921 and took 400 homes</a></li></ul>'

  test.each([
    `<h3>Related</h3>${headlines}`,
    `<p>See also:</p>${headlines}`,
    `<h3>Матеріали за темою</h3>${headlines}`.replace('Матеріали за темою', 'Читайте також'),
    '<h3>About the author</h3><p>Ivan Petrenko has written three books on dams and lives in Dara.</p>',
    '<h3>2 comments</h3><p>My dam above Dara never burst, I say.</p>',
    '<h3>Contacts</h3><p>Olena Koval is the press officer of the Valley Office in Dara.</p>',
  ])('are cut: %s', (section) => {
    expect(texts({ html: `${paragraphs}${paragraphs}${section}` })).toEqual([...body, ...body])
  })

  test('are cut in plain text, and end where the report goes on', () => {
    const text = `${body[0]}\n\nRelated:\n\n- Dam of 1921: what we know\n- The mayor’s garden\n\n${body[1]}`
    expect(texts({ text })).toEqual(body)
  })

  test('never give the evidence of a takeaway', () => {
    const html = `<h2>Key takeaways</h2><ul><li>The dam above Dara burst and took homes.</li><li>Rain is due in the valley until Friday noon.</li></ul>${paragraphs}<h3>Related</h3>${headlines}`
    const quotes = read({ html }, []).takeaways.flatMap(({ evidence }) => evidence.map(({ quote }) => quote))
    expect(quotes.join(' ')).not.toContain('1921')
  })
})

describe('parts of a page that its markup calls furniture', () => {
  test.each([
    '<div class="share-box">Tell your friends about this</div>',
    '<div class="jp-relatedposts"><p><a href="a">The dam above Dara burst in 1921</a></p></div>',
    '<section class="comments"><p>My dam above Dara never burst, and I have lived here for long.</p></section>',
    '<div class="author-bio"><p>Ivan Petrenko has written three books on dams.</p></div>',
    '<p class="wp-caption-text">The dam before the flood.</p>',
  ])('are cut: %s', (furniture) => {
    expect(texts({ html: `${paragraphs}${furniture}` })).toEqual(body)
  })

  test.each(['newsletter', 'subscribe-page', 'post related', 'social'])(
    'are no furniture where they are the report: %s',
    (name) => {
      expect(
        texts({
          html: `<div class="${name}"><h1>Flood</h1>${paragraphs}<div class="share">Share it with all</div></div>`,
        }),
      ).toEqual(['Flood', ...body])
    },
  )
})
