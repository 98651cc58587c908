/**
 * Whether a claim denies something or accuses somebody: what it tells is disputed. Denial of access and charges in court
 * are no such words.
 */
export function isDenied(text: string): boolean {
  return denial.test(text)
}

const denial = new RegExp(
  [
    'den(?:y|ies|ied|ying)\\b(?! (?:\\p{L}+ )?(?:access|entry|aid|visas?|bail|permission|asylum|treatment|passage|under|to|by)\\b)',
    'denials?',
    'accus(?:e[sd]?|ing|ations?)',
    'blam(?:e[sd]?|ing)\\b(?! (?:the )?(?:weather|rain|heat|wind|lack)\\b)',
    'refut(?:e[sd]?|ing)',
    'rebut(?:s|ted|ting)?',
    'disput(?:e[sd]|ing)',
    'contradict(?:s|ed|ing)?',
    'dismiss(?:e[sd]|ing)? (?:the |any |such |these |those |all |it |this |that )?(?:claims?|reports?|allegations?|accusations?|rumou?rs|as)',
    'reject(?:s|ed|ing)? (?:the |any |such |these |those |all )?(?:\\p{L}+ )?(?:claims?|reports?|allegations?|accusations?|responsibility|blame|version|narrative)',
    '(?:a|the) (?:deliberate )?provocations?',
    'disinformation',
    'false[ -]flag',
    'no evidence',
    'untrue|fake news',
    '(?:is|are|was|were|as) (?:false|fake|lies|a lie|baseless|groundless|unfounded)',
    'not (?:responsible|behind|involved)',
    'no involvement',
    'responsibility (?:for|on) (?:each other|one another|the other)',
  ]
    .map((words) => `(?:${words})`)
    .join('|')
    .replace(/^/, '(?<![\\p{L}\\p{N}])(?:')
    .replace(/$/, ')(?![\\p{L}\\p{N}])'),
  'iu',
)
