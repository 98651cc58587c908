import type { Job } from '../src/worker/job.ts'
import { job as alarm } from './alarm.ts'
import { job as alert } from './alert.ts'
import { job as checkAudit } from './check-audit.ts'
import { job as countEditions } from './count-editions.ts'
import { job as deliver } from './deliver.ts'
import { job as digest } from './digest.ts'
import { job as fillPlaces } from './fill-places.ts'
import { job as keep } from './keep.ts'
import { job as mailRequested } from './mail-requested.ts'
import { job as poll } from './poll.ts'
import { job as push } from './push.ts'
import { job as read } from './read.ts'
import { job as reapUnowned } from './reap-unowned.ts'
import { job as recover } from './recover.ts'
import { job as tidy } from './tidy.ts'
import { job as welcome } from './welcome.ts'

/** All jobs, in the order of the path from a feed to a mail: what one job leaves, the next one finds. */
export const jobs: Job[] = [
  recover,
  reapUnowned,
  poll,
  read,
  alert,
  welcome,
  digest,
  mailRequested,
  deliver,
  countEditions,
  push,
  tidy,
  keep,
  checkAudit,
  fillPlaces,
  alarm,
]
