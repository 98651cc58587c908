import { fillPlaces } from '../src/reading/fill-places.ts'
import { defineJob } from '../src/worker/job.ts'

/** Finds the places of claims that were stored before places were. */
export const job = defineJob({
  name: 'fill-places',
  every: 60,
  wokenBy: [],
  run: fillPlaces,
})
