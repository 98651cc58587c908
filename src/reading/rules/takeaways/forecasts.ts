/** Whether a sentence only says what will be or should be done, where a claim says what is or was: `Fighting will continue in the south`. */
export function onlyForecasts(sentence: string, claim: string): boolean {
  return forecast.test(sentence) && !ahead.test(claim)
}

const forecast =
  /^(?:(?:Given|With|As|Although|While|Despite|In|For|Due) [^,;]{3,160}, )?[^,;]{3,120}? (?:will|should|(?:is|are) (?:likely |expected |forecast |set |going |advised |encouraged |urged )to|(?:may|might|could) (?:soon|attempt|try|begin|resume|continue))(?!\p{L})/u

/** Words of a claim that looks ahead, or judges what is likely. */
const ahead =
  /\b(?:will|would|may|might|could|can|likely|unlikely|probably|intend\p{L}*|plan\p{L}*|expect\p{L}*|seek\p{L}*|aim\p{L}*|prepar\p{L}*|risk\p{L}*|threat\p{L}*|warn\p{L}*|forecast\p{L}*|conditions|upcoming|next|future|potential\p{L}*|possib\p{L}*|appear\p{L}*|suggest\p{L}*|indicat\p{L}*|promis\p{L}*|pledg\p{L}*|vow\p{L}*|announc\p{L}*|order\p{L}*)\b/iu
