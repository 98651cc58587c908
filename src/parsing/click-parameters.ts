/** Removes from an address what only says where a click came from, never what to show. Returns whether there was any. */
export function removeClickParameters(url: URL): boolean {
  const pairs = url.search.slice(1).split('&')
  const kept = pairs.filter((pair) => !isClickParameter(pair))
  const isFragmentOfClicks = url.hash.length > 1 && url.hash.slice(1).split('&').every(isFragmentParameter)
  if (kept.length === pairs.length && !isFragmentOfClicks) return false
  if (kept.length < pairs.length) url.search = kept.join('&')
  if (isFragmentOfClicks) url.hash = ''
  return true
}

function isClickParameter(pair: string): boolean {
  const [name = '', value = ''] = pair.split('=', 2)
  return named.test(name) || (sourceName.test(name) && feedValue.test(value)) || valued.test(pair)
}

const isFragmentParameter = (pair: string) => pair.includes('=') && (isClickParameter(pair) || /^echobox=/i.test(pair))

/** Names that count clicks on any site: of campaigns, advertisers, mailing services, analytics and feeds. */
const named = new RegExp(
  `^(?:${[
    'utm[_-]\\w+|at_\\w+|itm_\\w+|mtm_\\w+|pk_(?:campaign|kwd|source|medium|cid)|matomo_\\w+|ns_\\w+|wt[._]\\w+|wt_?z?mc|hsa_\\w+|vero_\\w+',
    'fbclid|gclid|gclsrc|dclid|gbraid|wbraid|srsltid|msclkid|yclid|ysclid|twclid|ttclid|li_fat_id|epik|igshid?|_openstat|rb_clickid',
    'fb_(?:action_ids|action_types|ref|source)|__twitter_impression|guccounter|guce_referrer(?:_sig)?|_ga|_gl|_ke|dicbo',
    'mc_[ce]id|mkt_tok|_hsenc|_hsmi|hsctatracking|hss_channel|oly_(?:anon|enc)_id|ml_subscriber(?:_hash)?|elqtrack(?:id)?|sc_(?:src|lid|llid|uid|eh|cid)',
    'cmp|cmpid|ncid|ocid|icid|intcid|mbid|s_cid|taid|ito|maca|xtor|xtref|xtcr|spm|wickedid|traffic_source|traffic_medium|int_(?:source|medium|campaign)',
    'intcmp|int_?cmp|cmpref|dgcid|fsrc|eref|iref|wpisrc|wpmm|itid|srnd|sref|leadsource|reflink|ssm|pfrom|ltflags|regi_id|nr_email_referer',
    'piwik_\\w+|sfmc_\\w+|hmb_\\w+|bsft_\\w+|trk\\w*|gad_\\w+|rdt_cid|sccid|s_kwcid|ef_id|mkwid|_kx|_bta_\\w+|dm_i|ck_subscriber_id|_branch_\\w+|mibextid|ab_channel|cx_\\w+|ceq_\\w+|emci|emdi',
    'soc_(?:src|trk)|smid|smtyp|ftag|ftcamp|trkcampaign|trk_?source|rss_?id|feedtype|feedname|tsrc|\\.tsrc|mktc(?:id|val)|gepc|dlvrit|sr_share|ref_?src',
  ].join('|')})$`,
  'i',
)

/** Names that mean content on some sites: they only count clicks where their value names a feed. */
const sourceName =
  /^(?:ref|referral|section_?source|track(?:ing)?|referrer|referer|source|src|from|via|origin|partner|emc|medium|channel|campaign|cid|mod|ft|cp|cm|rss|feedsource|entry)$/i
const feedValue =
  /^(?:feeds?|rdf|atom|xml|nprml|feedburner|newsfeed|rssfeeds?)\d?(?:[_.:~%+-].*)?$|(?:^|[_.:~%+-])rss\d?(?:$|[_.:~%+-])/i

/** Pairs that count clicks by their name and value: the feeds of journals, and the share buttons of players. */
const valued = /^(?:af=R|rss=(?:1|yes|true)|feature=(?:share|shared|youtu\.be|emb_\w+)|sharetype=\w+)$/i
