/** The first stem of the family of a stem: words that tell the same deed or thing; a stem without a family stays. */
export const familyOf = (stem: string): string => families.get(stem) ?? stem

/** The stems of the same family, without the stem itself. */
export const familyMembers = (stem: string): string[] =>
  [...families].flatMap(([member, first]) => (member !== stem && first === families.get(stem) ? [member] : []))

const families = new Map(
  [
    // What headlines and sentences tell.
    'kill dead death die deadli fatal toll',
    'strike attack struck hit bombard raid barrag assault target bomb shell slam pound airstrik shot down shoot intercept offens',
    'arrest detain held custodi captur seiz seizur',
    'wound injur hurt',
    'fire ablaz burn blaze caught',
    'depot warehous',
    'sack dismiss oust remov',
    'sentenc jail prison convict guilti',
    'condemn protest denounc critici criticis deplor outrag anger angrili unaccept',
    'probe investig inquiri crimin',
    'destroi damag demolish ruin wreck',
    'visit trip travel',
    'vote elect poll',
    'flee fled displac homeless evacu reloc deport',
    'cut reduc scale',
    'fall fell drop',
    'rise rose climb',
    'take took',
    'win won',
    'meet met',
    'leav left quit',
    'break broke',
    'threaten threat warn consequ',
    // What assessments tell.
    'advanc gain progress',
    'author offici administr ministri',
    'troop forc soldier servicemen militari armi artilleri',
    'suppli equip provis',
    'struggl challeng problem difficulti',
    'record releas publish',
    'minor limit margin',
    'northern north',
    'southern south',
    'eastern east',
    'western west',
    'storag store',
    'attempt effort tri',
    'hamper prevent frustrat disrupt',
  ].flatMap((line) => {
    const stems = line.split(' ')
    return stems.map((stem) => [stem, stems[0] ?? stem] as const)
  }),
)
