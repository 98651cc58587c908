import { expect, test } from 'vitest'
import { titleClaim } from '../../src/reading/rules/takeaways/title-claim.ts'

test.each([
  'Огляд подій у долині Дари',
  'Щотижневий звіт про долину',
  'Обзор событий недели на севере',
  'Вечерняя сводка о наводнении',
  'Vallée de Dara : bulletin hebdomadaire',
  'Boletín semanal de la crecida',
  'وادي دارا: نشرة نصف شهرية',
  'تقرير الوضع في وادي دارا',
])('the name of a regular report claims nothing: %s', (title) => expect(titleClaim(title, true)).toBeNull())

test.each([
  'Щоденні обстріли Дари: троє загиблих',
  'نشرت دارا تقريرا عن الفيضان',
  'La revue du pont de Dara est finie',
])('a word of such names may stand in a claim: %s', (title) => expect(titleClaim(title, true)).toBe(title))
