/** Whether a sentence begins by saying that what was told before it is not confirmed: `ISW cannot verify these claims`. */
export function isReservation(sentence: string): boolean {
  return reservation.test(sentence.slice(0, maxStart))
}

/** Behind so many characters, a reservation is about what the sentence itself tells. */
const maxStart = 80

const reservation =
  /\b(?:cannot|can ?not|can['’]t|could not|has not|have not|been unable to|(?:is|was|were|are|remains?) unable to)(?: \p{Ll}+ly| yet| been able to){0,2} (?:confirm|verif(?:y|ied)|corroborat|observed?)|\bnot(?: yet)? (?:been )?(?:\p{Ll}+ly )?(?:confirmed|verified|corroborated)\b|\bno (?:independent |visual |other )?(?:confirmation|verification)\b|\b(?:remains?|is|are|was|were) (?:unconfirmed|unverified)\b/iu
