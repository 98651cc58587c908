const maxShown = 200

/** A URL as a sentence shows it: at most 200 characters of it. */
export const shownUrl = (url: string): string => (url.length > maxShown ? `${url.slice(0, maxShown)}...` : url)
