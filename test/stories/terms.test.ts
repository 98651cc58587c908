import { expect, test } from 'vitest'
import { termsIn } from '../../src/stories/rules/terms.ts'

test.each([
  [
    'uk',
    'Млин у Дарі згорів після того, як у нього влучили дрони.',
    'Але це було в іншому місті, де вони жили раніше.',
  ],
  [
    'ru',
    'Мельница в Даре сгорела после того, как в нее попали дроны.',
    'Но это было в другом городе, где они жили раньше.',
  ],
  [
    'fr',
    'Le moulin de Dara a brûlé après avoir été touché par des drones.',
    'Mais elle était dans une autre ville où ils ont vécu.',
  ],
  [
    'es',
    'El molino de Dara ardió después de que lo alcanzaran los drones.',
    'Pero ella estaba en otra ciudad donde ellos han vivido.',
  ],
  ['ar', 'احترقت طاحونة دارا بعد أن أصابتها الطائرات في الليل.', 'ولكن ذلك كان في مدينة أخرى من قبل ولم يكن معهم.'],
])('two texts in %s share none of the words that any text has', (language, one, other) => {
  const [own, others] = [one, other].map((text) => new Set(termsIn(text, language)))
  expect([...own!.intersection(others!)]).toEqual([])
  expect(own!.size).toBeGreaterThan(2)
})
