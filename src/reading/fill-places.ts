import type { App } from '../app.ts'
import { endPlacing, hasUnplacedClaims, savePlaces, unplacedClaims } from './store/claim-places.ts'

const maxBatch = 200
/** So many batches are done in one run: a minute's share takes about a second. */
const maxBatches = 10

/**
 * Finds the places of claims that were stored before places were, the newest first, some 2,000 in a run. Returns how many
 * claims were looked at.
 */
export async function fillPlaces(app: App, signal?: AbortSignal): Promise<number> {
  let looked = 0
  for (let batch = 0; batch < maxBatches && !signal?.aborted; batch++) {
    if (!(await hasUnplacedClaims(app.db))) break
    looked += await fillBatch(app)
  }
  if (looked > 0) app.log.info({ claims: looked }, 'found places of earlier claims')
  return looked
}

async function fillBatch(app: App): Promise<number> {
  // A worker that has no such claims does without the names of places.
  const { placesOfClaim } = await import('./rules/places-of-claim.ts')
  return app.db.transaction().execute(async (tx) => {
    const claims = await unplacedClaims(tx, maxBatch)
    if (claims.length === 0) await endPlacing(tx)
    else
      await savePlaces(
        tx,
        claims.map(({ report, ...claim }) => ({ id: claim.id, places: placesOfClaim(claim, report) })),
      )
    return claims.length
  })
}
