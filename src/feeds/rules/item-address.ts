import { canonicalItemUrl } from '../../parsing/canonical-url.ts'

/**
 * An address for comparisons: without scheme, `www.`, click parameters and a slash at its end. A site that moves to https
 * keeps the rest. Empty for none.
 */
export function addressKey(url: string | null): string {
  if (url === null) return ''
  return withoutScheme(canonicalItemUrl(url) ?? url).replace(/\/(?=$|[?#])/, '')
}

/** An address key without query and fragment. The query for the items that entries may be computes the same. */
export const pageKey = (url: string | null): string => withoutQuery(addressKey(url))

/**
 * The path of an address key, without its host, query and fragment: what stays of an address when a site gets another name. Empty
 * for the home page.
 */
export const pathOf = (address: string): string => withoutQuery(address).replace(/^[^/]*\/?/, '')

/** The key of an item without its scheme, without a fragment, and without the parameters of a preview. */
export const stableKey = (key: string): string =>
  withoutScheme(key)
    .replace(/#.*$/s, '')
    .replace(/&preview(?:_id|_nonce)?=[^&]*/g, '')

const withoutQuery = (address: string) => address.replace(/\/?[?#].*$/s, '')
const withoutScheme = (text: string) => text.replace(/^https?:\/\/(?:www\.)?/i, '')
