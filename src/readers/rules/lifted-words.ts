import type { Lifted } from '../lift-suppression.ts'

/** What lifting a suppression did, or with `dryRun` would do, as a sentence. */
export const liftedWords = (kind: Lifted['kind'], dryRun = false): string => (dryRun ? plans : results)[kind]

const results: Record<Lifted['kind'], string> = {
  restored: 'Lifted. The reader gets mail as before.',
  asked: 'Lifted. A confirmation mail is sent next, and the reader gets other mail after confirming.',
  waiting: 'Lifted. This address has got too many confirmation mails lately; the reader can sign up again later.',
  free: 'Lifted. The address has no subscription; its reader can sign up again.',
}

const plans: Record<Lifted['kind'], string> = {
  restored: 'The suppression would be lifted, and the reader would get mail as before.',
  asked:
    'The suppression would be lifted and a confirmation mail sent; the reader would get other mail after confirming.',
  waiting:
    'The suppression would be lifted, and no mail sent: this address has got too many confirmation mails lately.',
  free: 'The suppression would be lifted. The address has no subscription; its reader could sign up again.',
}
