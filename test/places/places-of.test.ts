import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formAt, wordsOf } from '../../src/places/rules/place-words.ts'
import { placesNamed, placesOf } from '../../src/places/rules/places-of.ts'
import { TextNames } from '../../src/places/rules/text-names.ts'

const told = (claim: string): string => placesOf({ claim }).join(' ')

describe('the places of a claim', () => {
  test.each([
    ['Two shells fell near Kharkiv overnight.', 'UA UA-63'],
    ['Shelling in Kharkiv Oblast wounded a farmer.', 'UA UA-63'],
    ['The Kharkiv region lost its power lines.', 'UA UA-63'],
    ['Rockets struck Kramatorsk in Ukraine.', 'UA UA-14'],
    ['Drones reached Lugansk and Luhansk.', 'UA UA-09'],
    ['Families fled from El Fasher in North Darfur.', 'SD SD-DN'],
    ['The bridge to Crimea closed for an hour.', 'UA UA-43'],
    ['A clinic in Tucson, Arizona, reopened.', 'US US-AZ'],
    ['The Khmelnytskyi and Rivne stations stopped.', 'UA UA-56 UA-68'],
    ['Families who left Kherson came back.', 'UA UA-65'],
    ['Half of Kyiv was dark, and half of Lviv.', 'UA UA-30 UA-46'],
    ['A depot burned in the Donbas.', 'UA UA-09 UA-14'],
    ['The army left Gaza City.', 'PS PS-GZA PS-GZZ'],
    ['Soldiers searched homes in Jenin.', 'PS PS-JEN PS-WBK'],
  ])('are regions with their country: %s', (claim, places) => expect(told(claim)).toBe(places))

  test.each([
    ['Sudanese and South Sudanese traders met.', 'SD SS'],
    ['Gazans queued for bread.', 'PS PS-GZZ'],
    ['The U.S. and the UK signed; the UAE did not.', 'AE GB US'],
    ['Fighting spread in the DRC, once called Zaire.', 'CD'],
    ['The Democratic Republic of the Congo and the Republic of the Congo share a river.', 'CD CG'],
    ['Burma, now Myanmar, voted.', 'MM'],
    ['Guinea, Guinea-Bissau, Equatorial Guinea and Papua New Guinea voted.', 'GN GQ GW PG'],
    ['The State of Palestine wrote to the Russian Federation.', 'PS RU'],
    ['Talks of Niger and Nigeria ended.', 'NE NG'],
  ])('are countries by adjectives, peoples and other names: %s', (claim, places) => expect(told(claim)).toBe(places))

  test.each([
    ['Unos soldados ucranianos murieron en Jartum, Sudán.', 'SD SD-KH UA'],
    ['Des soldats ukrainiens ont quitté le Soudan.', 'SD UA'],
    ['Двоє людей загинули в Харкові.', 'UA UA-63'],
    ['Обстріл Харківської області тривав до ранку.', 'UA UA-63'],
    ['На Харківщині горів склад.', 'UA UA-63'],
    ['Российские войска отошли от Краматорска.', 'RU UA UA-14'],
    ['Взрыв произошёл под Белгородом в России.', 'RU RU-BEL'],
    ['В Киеве и в Судане прошли переговоры.', 'SD UA UA-30'],
    ['قصف الجيش السوداني مدينة الفاشر.', 'SD SD-DN'],
    ['سافر الوفد من سوريا وبالسودان.', 'SD SY'],
    ['تبحث بيروت وواشنطن مصير الحدود.', 'LB US'],
    ['انقطعت الكهرباء بخيرسون وميكولايف.', 'UA UA-48 UA-65'],
    ['فتحت وارسو مدارسها للأوكرانيين.', 'PL UA'],
    ['قُصف ميناء الحديدة باليمن.', 'YE YE-HU'],
    ['غمرت السيول القرية صباح الاثنين.', ''],
    ['تراجعت أسعار النفط في البورصة، بحسب اللجنة.', ''],
    ['وصل مئة شخص إلى الوادي.', ''],
  ])('are found in the other languages: %s', (claim, places) => expect(told(claim)).toBe(places))
})

describe('a capital', () => {
  test.each([
    ['Kyiv called for talks.', 'UA'],
    ['Moscow said that it would answer.', 'RU'],
    ['Washington rejected the plan.', 'US'],
    ['The talks went in Moscow’s favour.', 'RU'],
    ['The Kremlin denied it.', 'RU'],
  ])('stands for its government: %s', (claim, places) => expect(told(claim)).toBe(places))

  test.each([
    ['A missile hit Kyiv.', 'UA UA-30'],
    ['The Kyiv region had no water.', 'UA UA-32'],
    ['Kyiv came under fire.', 'UA UA-30'],
    ['Kyiv hit by drones.', 'UA UA-30'],
    ['They met in Washington.', 'US US-DC'],
    ['Snow fell in Washington state.', 'US US-WA'],
    ['Police closed a street in Tehran.', 'IR IR-23'],
  ])('is a place where something happens: %s', (claim, places) => expect(told(claim)).toBe(places))
})

describe('a name of several places', () => {
  test.each([
    ['Shops opened in Tripoli.', 'LY LY-TB'],
    ['Shops opened in Tripoli, and Lebanon paid.', 'LB LB-AS'],
    ['Floods reached Georgia and its capital Tbilisi.', 'GE'],
    ['The Georgian parliament met.', 'GE'],
    ['Storms crossed Georgia and Alabama in the United States.', 'US US-AL US-GA'],
    ['A tram stopped in London.', 'GB GB-ENG'],
    ['A tram stopped in London, Ontario.', 'CA CA-ON'],
    ['A tram stopped in Lebanon, Tennessee.', 'US US-TN'],
    ['Jordan, Lebanon and Syria closed their borders.', 'JO LB SY'],
    ['The club of Birmingham, Alabama, won.', 'US US-AL'],
    ['The border of Niger State, in Nigeria, is open.', 'NG NG-NI'],
  ])('means what is greater by far, or what its country says: %s', (claim, places) => expect(told(claim)).toBe(places))

  test('means nothing where nothing decides', () => {
    expect(told('The club of Birmingham won.')).toBe('')
  })
})

describe('no place is', () => {
  test.each([
    'Reading the report takes an hour.',
    'Nice work, said the coach.',
    'Mobile phones failed.',
    'We ate turkey and drank from china.',
    'Jordan Smith resigned.',
    'Michael Jordan spoke.',
    'Chad Miller won the race.',
    'Vladimir Putin spoke.',
    'Paris Hilton arrived.',
    'The Red Sea is warm, and so is the Black Sea.',
    'Latin America grows.',
    'The Times of Israel, the New York Times and the Kyiv Independent wrote it.',
    'The Paris Agreement and the Geneva Conventions hold.',
    'Troops crossed the Dnipro.',
    'Ships wait in the Sea of Azov and near the Strait of Hormuz.',
    'Give it to us.',
    '',
  ])('in %s', (claim) => expect(told(claim)).toBe(''))
})

describe('what stands around a claim', () => {
  const passage = 'A drone hit a bakery in Kherson on Sunday. Two people were killed.'
  const title = 'War in Ukraine goes on'

  test('places a claim that names no place, the nearest text first', () => {
    expect(placesOf({ claim: 'Two people were killed.', passage, title })).toEqual(['UA', 'UA-65'])
    expect(placesOf({ claim: 'Two people were killed.', passage: 'Two people were killed.', title })).toEqual(['UA'])
  })

  test('says where, for a claim that only says whose forces it tells of', () => {
    const claim = 'Russian forces killed two Ukrainian civilians.'
    expect(placesOf({ claim, passage })).toEqual(['RU', 'UA', 'UA-65'])
    expect(placesOf({ claim, passage: 'A drone hit a bakery in Kassala, Sudan.' })).toEqual(['RU', 'UA'])
  })

  test('says where, for a claim that names one people, though it leaves out who they are', () => {
    const claim = 'Russian forces launched 412 drones and took two substations off the grid.'
    const after = 'Two substations in the Odesa and Mykolaiv regions were switched off after missile hits.'
    expect(placesOf({ claim, passage: after })).toEqual(['RU', 'UA', 'UA-48', 'UA-51'])
    expect(placesOf({ claim: 'Russia rejected the plan within hours.', passage: after })).toEqual(['RU'])
  })

  test('adds nothing to a claim with a place of its own', () => {
    expect(placesOf({ claim: 'A mill burned in Poltava, Ukraine.', passage, title })).toEqual(['UA', 'UA-53'])
  })

  test('gives only its countries where it is the beginning of the report', () => {
    expect(placesOf({ claim: 'Two people were killed.', beginning: passage })).toEqual(['UA'])
  })

  test('says nothing where it is a list of many countries', () => {
    const list = 'Chile, Peru, Kenya, Japan and Norway sent help.'
    expect(placesOf({ claim: 'Two people were killed.', passage: list, title })).toEqual(['UA'])
  })

  test('decides what a name of several places means', () => {
    expect(placesOf({ claim: 'A tower fell in Tripoli.', title: 'Storm over Lebanon' })).toEqual(['LB', 'LB-AS'])
  })
})

test('a claim that says where something happened is enough: nothing around it is looked at', () => {
  const unread = new TextNames(() => {
    throw new Error('a text around the claim was looked at')
  })
  const placesIn = (claim: string): string[] =>
    placesNamed({ claim: new TextNames(() => claim), passage: unread, title: unread, beginning: unread })
  expect(placesIn('Russian drones struck Kharkiv.')).toEqual(['RU', 'UA', 'UA-63'])
  expect(placesIn('Floods in Sudan cut roads.')).toEqual(['SD'])
  expect(() => placesIn('Russian drones struck a mill.')).toThrow('looked at')
})

describe('a word', () => {
  const wordsIn = (text: string) => {
    const words = wordsOf(text)
    return words.forms.map((_, at) => formAt(words, at)!.raw)
  }

  test.each([
    ["Russia's U.S.-made drones", ["Russia's", 'U.S.', 'made', 'drones']],
    ['Kyiv’s ‘old’ town’', ['Kyiv’s', 'old', 'town']],
    ['A. Smith, U.S.A', ['A', 'Smith', 'U.S.', 'A']],
    ['12 km, 3rd', ['12', 'km', '3rd']],
    ['x😀y 𝐀𝐁 𝐔.𝐒. a’𝐁', ['x', 'y', '𝐀𝐁', '𝐔.𝐒.', 'a’𝐁']],
    ['Сум’ян وبالسودان', ['Сум’ян', 'وبالسودان']],
  ])('ends where it should: %s', (text, words) => {
    expect(wordsIn(text)).toEqual(words)
  })
})

test('the places of any text are sorted codes, each region with its country', () => {
  const word = fc.constantFrom(
    'Kyiv',
    'in',
    'Georgia',
    'the',
    'Paris',
    'Jordan',
    'Oblast',
    'U.S.',
    'Сумах',
    'السودان',
    ', ',
    '. ',
  )
  fc.assert(
    fc.property(fc.array(fc.oneof(word, fc.string({ unit: 'grapheme', maxLength: 6 })), { maxLength: 30 }), (words) => {
      const places = placesOf({ claim: words.join(' ') })
      expect(places).toEqual([...new Set(places)].sort())
      for (const code of places) expect(places).toContain(code.slice(0, 2))
    }),
  )
})
