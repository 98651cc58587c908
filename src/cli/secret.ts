import { Command } from 'commander'
import { newSecretKey } from '../readers/rules/token.ts'

/** `sitrep secret`: a new key for SECRET_KEY. */
export function secretCommand(): Command {
  return new Command('secret')
    .description('print a new key for SECRET_KEY; to change keys, put it in front of the old ones with a comma')
    .action(() => console.log(newSecretKey()))
}
