/** Words whose full stop does not end a sentence, in small letters without it; initials and `U.S.` are known by their shape. */
export const abbreviations = new Set(
  (
    'adm art assoc brig capt cdr cmdr co col corp cpl cpt dept dr ed eds esp est etc fig figs fr ft gen gov gov’t govt hon inc jr ' +
    'lt ltd maj messrs mgr min mr mrs ms mt mts nos op para pfc pg ph pp pres prof pvt ref rep reps rev rt sec sen sens sgt sr st ' +
    'supt vol vols vs viz cf ca approx resp incl excl al eg ie obl oblast r kh vil str ' +
    'jan feb mar apr jun jul aug sept oct nov dec ' +
    'обл р рр ст див ім гр тис млн млрд м вул с смт т ген полк п рис табл'
  ).split(' '),
)

/** Abbreviations that end no sentence only when a number follows: `No. 5`, `Art. 5`. */
export const beforeNumbers = new Set(['no', 'nr', 'art', 'fig', 'p', 'ch', 'sec', 'para'])
