/** A report of about so many letters of HTML, of the kind that analysts publish: headings, footnote marks, a list, notes. */
export function reportOf(length: number): string {
  const body: string[] = []
  let written = 0
  for (let i = 0; written < length * 0.86; i++) {
    const paragraph = i % 9 === 0 ? `<h2>${titles[i % titles.length]} (${i})</h2>` : paragraphOf(i)
    body.push(paragraph)
    written += paragraph.length
  }
  const list = Array.from({ length: 7 }, (_, i) => `<li>${sentenceOf(i * 31)}</li>`).join('')
  const notes = Array.from({ length: Math.ceil(length / 2_500) }, (_, i) => noteOf(i + 1)).join('')
  return `<article><h1>Assessment of the day</h1>${body.join('\n')}<p><strong>Key Takeaways:</strong></p><ul>${list}</ul>${notes}</article>`
}

function paragraphOf(i: number): string {
  const sentences = Array.from({ length: 4 }, (_, k) => {
    const sentence = sentenceOf(i * 7 + k * 3)
    return k === 0 && i % 3 === 0 ? `<strong>${sentence}</strong>` : sentence
  })
  return `<p><span style="font-size:11pt">${sentences.join(' ')}</span><a href="#_edn${i}">[${i}]</a></p>`
}

const noteOf = (n: number) =>
  `<p>[${n}] <a href="https://example.org/source/${n}">https://example.org/source/${n}</a></p>`

/** A sentence put together by the digits of its number, so that no two neighbours say the same. */
function sentenceOf(n: number): string {
  const pick = (words: string[], of: number) => words[of % words.length]
  return `${pick(who, n)} ${pick(did, n >> 1)} ${pick(what, n + (n >> 2))} ${pick(where, n >> 3)} ${pick(when, n + (n >> 4))}, ${pick(then, n >> 1)} day ${n}.`
}

const titles = ['The northern axis', 'Air and missile campaign', 'Occupied areas', 'Diplomacy', 'Mobilisation']
const who = [
  'The General Staff of the defenders',
  'Regional authorities',
  'Two independent observers',
  'A battalion of territorial defence',
  'The mayor of the port',
  'Engineers of the grid operator',
  'Families from the border villages',
  'The foreign ministers of five states',
  'An armed group in the hills',
  'Relief workers',
  'The occupation administration',
]
const did = [
  'reported heavy shelling of',
  'continued to restore power around',
  'were evacuated from',
  'discussed security guarantees for',
  'attacked positions near',
  'warned of shortages in',
  'began to rebuild bridges across',
  'struck a fuel depot outside',
  'claimed to have advanced towards',
]
const what = [
  'the district of Novy Dvir',
  'the eastern suburbs of Halychany',
  'three settlements on the left bank',
  'the railway junction at Zelena Balka',
  'the reservoir above the town of Stara Mlyna',
  'the coastal road and its two ferries',
  'the hospital quarter',
]
const where = [
  'in the south of the province',
  'along the river',
  'close to the border',
  'some 40 km from the line',
  'in the valley',
]
const when = [
  'on Monday',
  'overnight',
  'since 3 March',
  'for the second week',
  'after a pause of ten days',
  'before dawn',
]
const then = [
  'a sign that the pressure on supply routes is likely to grow after',
  'which officials called the heaviest raid since',
  'though geolocated footage does not confirm the claim as of',
  'while aid agencies counted 1,200 new arrivals by',
  'and residents were told to boil their water until',
]
