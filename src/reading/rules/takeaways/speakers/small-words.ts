const set = (words: string): Set<string> => new Set(words.split(' '))

/** Small words that begin a noun phrase. */
export const determiners = set('the a an another this that these those its his her their our my no every each')

/** Words that join a noun phrase to one that is a part of it. */
export const prepositions = set(
  'of for in at on from with near to by against into over under about between among across along inside outside within during via through behind amid despite without throughout beyond off around onto upon toward towards',
)

/** Prepositions that tell when or how somebody spoke: they join nothing to a name. */
export const circumstances = set('by during via through amid despite without throughout upon')

/** Words that no speaker's name holds: finite verbs, pronouns, and words that begin a clause. */
export const neverInNames = set(
  'is are was were be been being has have had will would can could may might must should do does did not never none nor ' +
    'tell say he she it they we i you him them me us who which what that whose whom there here if because when while where whether how why but although though unless until ' +
    "after before since than so as then yet or according including such only cannot isn't aren't wasn't weren't don't doesn't didn't won't " +
    'himself herself itself themselves',
)

/** Past forms of common verbs. */
export const pastForms = set(
  'went came took made met held began left got gave saw kept lost won fell hit struck shot sent put lay stood ran spent became brought bought broke built chose drew drove ' +
    'fought grew knew led paid rose sat sold sought spoke stayed fled sank burst burned burnt flew drove rode threw tore',
)

/** Pronouns that stand for somebody whom an earlier sentence names. */
export const pronouns = set('he she it they we i you one nobody everyone everybody somebody someone')

/** Words that join a clause to the one before it; the clause is no background. */
export const joiningWords = set('that while as but and so yet or nor whereas then though although what')

/** Words that begin a clause that tells when or why: what is said there is not said of the statement. */
export const backgroundWords = set(
  'after when before since because if although though until unless whether where once how why than which who whom what whose whatever even days hours weeks months shortly moments minutes like',
)

/** Words that begin such a clause wherever they stand. */
export const conjunctions = set(
  'after when before since because if although until unless whether where how why what while than wherein whereby whereupon',
)

/** Words that begin a description behind a noun without a comma. */
export const relativeWords = set('who which whose whom familiar close briefed speaking with that')

/** Lower-case words that are parts of names. */
export const nameParticles = set(
  'de du la le von van der den ter al el bin ibn bint ben di da do dos das del della ag ould y e zu af ul ud abu',
)

/** Days, months and words of time: they stand before a verb, and speak never. */
export const times = set(
  'monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december ' +
    'sept oct nov dec feb aug sept. oct. nov. dec. jan. feb. aug. morning evening night afternoon noon today yesterday tomorrow midnight dawn dusk ' +
    'tonight week month year weekend spring summer autumn winter hour day days hours weeks months years',
)

/** Where somebody speaks: `in a statement`, `on Telegram`. */
export const occasions = set(
  'statement interview interviews conference briefing post posts address speech hearing message letter call video televised telegram facebook twitter x vk tiktok instagram ' +
    'whatsapp signal phone telephone email e-mail radio television tv broadcast end start beginning height moment outset middle podcast remarks comments sermon article blog tweet thread press communique communiqué ' +
    'update report bulletin note trial court testimony visit meeting summit rally ceremony session phone-in livestream memo dispatch brief time sidelines margins resolution ruling filing lecture',
)

/** Adverbs that stand between a speaker and the verb. */
export const adverbs = set(
  'also first later then further however again now still once already earlier today yesterday too even just only both meanwhile therefore nonetheless nevertheless ' +
    'alike instead often always sometimes recently soon likewise all tomorrow tonight afterwards afterward simply since thus separately',
)

/** Nouns in -ly; other words in -ly are adverbs. */
export const nounsInLy = set(
  'reply family supply ally assembly italy family daily weekly monthly quarterly rally july anomaly july elderly',
)
