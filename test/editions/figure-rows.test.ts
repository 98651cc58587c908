import { describe, expect, test } from 'vitest'
import { planStories } from '../../src/editions/rules/briefing/plan-briefing.ts'
import { claimsOf } from './mails.ts'
import { matchedTakeaway } from './matched-takeaways.ts'

const claim = (story: number, about: Parameters<typeof matchedTakeaway>[0]) => ({ ...matchedTakeaway(about), story })

describe('where the sources of a story stand', () => {
  test('says that sources differ only of two publishers', () => {
    const differ = (report: 'assessment' | 'bulletin') => {
      const told = [
        claim(1, { text: 'The strike on Dara killed three people.', report }),
        claim(1, { text: 'The strike on Dara killed nine people.', report: 'bulletin' }),
        claim(1, { text: 'The strike on Dara wounded two people.', report: 'assessment' }),
        claim(1, { text: 'The strike on Dara wounded two people.', report: 'bulletin' }),
      ]
      return planStories(claimsOf(told), [])[0]?.figures.find(({ role }) => role === 'killed')?.differ
    }
    expect([differ('assessment'), differ('bulletin')]).toEqual([true, false])
  })

  test('says that sources differ where a later toll is lower, and not of a part, or of another attacker', () => {
    const differ = (early: string, late: string, role: string) => {
      const told = [claim(1, { text: early, report: 'bulletin' }), claim(1, { text: late, report: 'assessment' })]
      return planStories(claimsOf(told), [])[0]?.figures.find((row) => row.role === role)?.differ
    }
    const killed = (n: string) => `The strike on Dara killed ${n} people.`
    expect(differ(killed('nine'), killed('three'), 'killed')).toBe(true)
    expect(differ(killed('three'), killed('nine'), 'killed')).toBe(false)
    const launched = (who: string, n: number) => `${who} launched ${n} missiles at the grid.`
    expect(differ(launched('Lorna', 80), launched('Lorna', 100), 'launched')).toBe(true)
    expect(differ(launched('Lorna', 8), launched('Lorna', 100), 'launched')).toBe(false)
    expect(differ(launched('Lorna', 80), launched('Valeria', 100), 'launched')).toBe(false)
  })

  test('sets no part and no other country beside each other', () => {
    const rowsOf = (early: string, late: string) => {
      const told = [claim(1, { text: early, report: 'bulletin' }), claim(1, { text: late, report: 'assessment' })]
      return planStories(claimsOf(told), [])[0]?.figures.map(({ values }) => values.map(({ value }) => value))
    }
    const killed = (n: string, where: string) => `Strikes killed ${n} people in ${where} on Sunday.`
    expect(rowsOf(killed('six', 'Russia'), killed('nine', 'Russia'))).toEqual([['nine', 'six']])
    expect(rowsOf(killed('six', 'Russia'), killed('nine', 'Russia and Ukraine'))).toEqual([['nine'], ['six']])
    expect(rowsOf('Drones flew across Russia, killing six people.', killed('nine', 'Ukraine'))).toHaveLength(2)
    expect(rowsOf(killed('six', 'Dara'), killed('nine', 'Lorn'))).toEqual([['nine', 'six']])
    expect(
      rowsOf('Guards moved 52 children out of Dara.', 'Guards moved thousands of children out of the valley.'),
    ).toEqual([['thousands'], ['52']])
  })
})
