/** Whether a text denies what is told; `freedoms are denied under its rule` and `denied her entry` are no such denials. */
export const deniesSomething = (text: string): boolean => denial.test(text)

const denial =
  /\b(?:den(?:y|ies|ied)(?= (?:that|any|an?|it|its|his|her|their|being|having|involvement|responsib|hitting|striking|firing|targeting|attack|using|the|these|those|this))(?! (?:\p{L}+ )?(?:access|entry|aid|visas?|bail|permission|asylum|treatment|passage)\b)|reject(?:s|ed)? (?:the |these |those )?(?:claim|accusation|allegation)s?)\b/iu

/** Whether a text tells of a denial or a quarrel. A charge alone is what one side says. */
export const tellsDispute = (text: string): boolean => deniesSomething(text) || quarrel.test(text)

const quarrel =
  /\b(?:denials?|disput(?:es|ed)|(?:trad(?:e|es|ed|ing)|mutual) (?:accusations|blame)|(?:accus|blam)(?:e|es|ed|ing) (?:each other|one another)|(?:both|the two) (?:sides|armies|countries|governments) (?:accus|blam)\w*|each side)\b/i
