/** Whether a text denies what is told; `freedoms are denied under its rule` and `denied her entry` are no such denials. */
export const deniesSomething = (text: string): boolean => denial.test(text)

const denial =
  /\b(?:den(?:y|ies|ied)(?= (?:that|any|an?|it|its|his|her|their|being|having|involvement|responsib|hitting|striking|firing|targeting|attack|using|the|these|those|this))(?! (?:\p{L}+ )?(?:access|entry|aid|visas?|bail|permission|asylum|treatment|passage)\b)|reject(?:s|ed)? (?:the |these |those )?(?:claim|accusation|allegation)s?)\b/iu

/** Whether a text tells of a denial, a quarrel or a charge. */
export const tellsDispute = (text: string): boolean => deniesSomething(text) || quarrel.test(text)

const quarrel = /\b(?:denials?|disput(?:e|es|ed)|accus(?:e|es|ed|ing)|blam(?:e|es|ed|ing)|each side)\b/i
