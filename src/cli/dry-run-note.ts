/** What stands at the end of a dry run whose other lines are facts: `done` is what the real run does, such as `published`. */
export const dryRunNote = (done = 'changed'): string => `Nothing was ${done}: this was a dry run.`
