import { placeKey } from './place-key.ts'

/** The words by which a text says that a name is a region's, by their keys; a `city` or a `district` is none. */
export const kindKeys: ReadonlySet<string> = new Set(
  (
    'oblast óblast region région región province provincia governorate gouvernorat gobernación state estado état prefecture department ' +
    'département departamento county krai republic territory peninsula область край провінція провинция мухафаза штат департамент ' +
    'регіон регион محافظة ولاية مقاطعة إقليم'
  )
    .split(' ')
    .map(placeKey),
)
