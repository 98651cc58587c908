import { canonicalItemUrl } from '../../parsing/canonical-url.ts'

/**
 * An address for comparisons: without scheme, `www.`, click parameters and a slash at its end. A site that moves to https
 * keeps the rest. Empty for none.
 */
export function addressKey(url: string | null): string {
  if (url === null) return ''
  return withoutScheme(canonicalItemUrl(url) ?? url).replace(/\/(?=$|[?#])/, '')
}

/** An address key without query and fragment. The statement `recentItems` computes the same in SQL. */
export const pageKey = (url: string | null): string => addressKey(url).replace(/\/?[?#].*$/s, '')

/** A page key without its host: what stays of an address when a site gets another name. Empty for the home page. */
export const pathKey = (url: string | null): string => pageKey(url).replace(/^[^/]*\/?/, '')

/** The key of an item without its scheme, without a fragment, and without the parameters of a preview. */
export const stableKey = (key: string): string =>
  withoutScheme(key)
    .replace(/#.*$/s, '')
    .replace(/&preview(?:_id|_nonce)?=[^&]*/g, '')

const withoutScheme = (text: string) => text.replace(/^https?:\/\/(?:www\.)?/i, '')
