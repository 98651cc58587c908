/** What the words of a refusal speak of; `weak` words of a mailbox count only where nothing speaks of policy. */
export type Words = 'sender' | 'full' | 'pace' | 'mailbox' | 'weak' | 'domain' | 'way' | 'policy'

/**
 * What the words of a reply speak of. Servers write their own words behind a code that many use in their own way, and some
 * give no code. Addresses, web addresses and domains are taken out first: `spam@example.org` speaks of no spam.
 */
export function wordsIn(text: string): Set<Words> {
  const plain = text.slice(0, maxLength).replace(/\S+/g, withoutNames).replace(/\s+/g, ' ')
  return new Set(table.filter(([, pattern]) => pattern.test(plain)).map(([words]) => words))
}

/** More than any reply has words, in UTF-16 units. */
const maxLength = 20_000

/** A piece of text without white space. A search for the @ by one expression over all pieces would be quadratic. */
const withoutNames = (piece: string): string =>
  /@./s.test(piece) ? ' ' : piece.replace(/https?:\/\/.+|\b[\w-]{1,63}(?:\.[\w-]{1,63})+\b/gi, ' ')

/** Phrases by what they speak of, with the servers that write them. */
const table: [Words, RegExp][] = [
  // Postfix, Exim: a check of our own address, which may be made when the recipient is named.
  [
    'sender',
    /\bsender (?:address |domain )?(?:was |is )?(?:rejected|verif|unknown|invalid|does ?n[o']t exist|denied)/i,
  ],
  [
    'sender',
    /\b(?:verify|verification|callout)\b.{0,20}\bfailed for sender|\bsender verify failed|\binvalid sender\b/i,
  ],
  // Google, Exchange Online, Zimbra, Dovecot, Yahoo, QQ, Yandex, Orange ("boite du destinataire pleine").
  [
    'full',
    /\b(?:mail ?box|in ?box|account|recipient|user|maildir|store|storage)\b.{0,40}\b(?:is |was |over ?)?(?:full|over ?quota|out of (?:disk |storage )?space|exceeded.{0,20}(?:quota|size|limit|space))\b/i,
  ],
  [
    'full',
    /\bover ?quota\b|\bquota (?:is |was |has been )?exceeded|\bexceeds? (?:the |its |his |her )?(?:mail ?box |storage |disk )?quota|\bmail ?box (?:is )?full\b|\bout of storage space|\binsufficient (?:disk|mailbox|storage) space|\bpleine\b|\bposteingang voll|\bpostfach (?:ist )?voll/i,
  ],
  // Google writes 5.2.1 for a reader who gets too much mail for now.
  [
    'pace',
    /\breceiving (?:mail|messages) (?:at a rate|too quickly)|\btoo (?:many|much) (?:mails?|messages|connections|sessions|recipients|errors)|\brate[ -]?limit|\b(?:ip|domain|sender) frequency limit|\bthrottl|\bslow down|\b(?:sending|sender|hourly|daily|outgoing|message) (?:quota|limit|rate)|\blimit exceeded for sender/i,
  ],
  // Postfix ("User unknown in local recipient table"), Exim ("No Such User Here", "Unrouteable address"), Google ("does not
  // exist"), Exchange ("RecipientNotFound"), Yahoo ("This user doesn't have a ... account", "mailbox not found"), mail.ru
  // ("invalid mailbox", "user not found", "user is terminated"), Yandex ("No such user!"), QQ ("Mailbox not found"), Orange
  // ("Adresse d au moins un destinataire invalide"), iCloud ("user lookup success but no user record found"), qmail
  // ("sorry, no mailbox here by that name").
  [
    'mailbox',
    /\b(?:user|recipient|mail ?box|address|account|alias|addressee|e-?mail)\b[^.;]{0,30}\b(?:unknown|not (?:be )?found|(?:does|did|do)(?: not|n.t) exist|no longer (?:exists?|available|active|valid)|invalid|not (?:known|valid|exist|listed|local|active)|(?:is |was |has been |account )?(?:disabled|discontinued|deactivated|terminated|suspended|closed|expired|inactive))/i,
  ],
  [
    'mailbox',
    /\b(?:unknown|invalid|bad|no such|non-?existent|illegal|incorrect|disabled|inactive|unrouteable|undeliverable)(?: or \w+)?(?: destination| local| email| mail)? ?(?:user|recipient|mail ?box|address|account|alias|person|addressee)/i,
  ],
  [
    'mailbox',
    /\b(?:no|not a|not our)(?: valid)? (?:mailbox|user|recipient|account|customer|person)s?\b|\bno one by that name|\buser doesn.?t have a\b|\bdoesn.?t have (?:a|an)\b.{0,30}\baccount|\brecipient ?not ?found\b|\bno user record|\bnot a known (?:user|recipient)/i,
  ],
  // In French, German, Spanish, Italian and Portuguese.
  [
    'mailbox',
    /\bdestinataire (?:invalide|inconnu)|\butilisateur inconnu|\badresse inconnue|\bempf(?:\S{1,2}|ae)nger (?:unbekannt|existiert nicht)|\busuario (?:desconocido|no existe)|\butente sconosciuto|\busu\S{1,2}rio desconhecido/i,
  ],
  // Exchange Online ("Recipient address rejected: Access denied"), GMX and QQ ("mailbox unavailable"), IronPort ("Address
  // rejected"). The first two also stand in front of words about policy.
  [
    'weak',
    /\brecipient (?:address )?(?:was |has been |is )?(?:rejected|refused|denied)|\bmail ?box (?:is |was )?(?:currently )?(?:unavailable|disabled|locked|not available|name not allowed)|\baddress (?:was )?rejected|\ball recipient addresses rejected|\bundeliverable\b|\bunrouteable\b/i,
  ],
  // Postfix ("Host or domain name not found"), Exim ("Unrouteable mail domain"), Exchange ("DNS domain does not exist").
  [
    'domain',
    /\b(?:host|domain)(?: name| or domain name)? (?:was |is )?(?:not found|unknown|does ?n[o']t exist)|\bunknown (?:mail )?(?:host|domain)|\bno such (?:host|domain)|\bnx ?domain\b|\bunrouteable mail domain|\bdomain .{0,60}(?:does not exist|has no mx|not found)|\bno (?:mx|valid hosts?|mail (?:server|exchanger|hosts?))\b|\b(?:null|nullmx)\b.{0,10}\bmx\b|\bdoes not accept mail \(null/i,
  ],
  // On the way: it says nothing of the recipient and nothing of our mail.
  [
    'way',
    /\b(?:connection|operation) (?:was |is )?(?:timed out|refused|reset|lost|dropped|closed)|\btimed? ?out\b|\blost connection|\bnetwork is unreachable|\bno route to host|\bunable to (?:connect|route)|\btoo many hops|\bmail loop|\brouting loop|\b(?:tls|starttls|certificate) /i,
  ],
  [
    'policy',
    /\bspam|\bunsolicited|\bblack ?list|\bblock(?:ed|ing| ?list)|\bbanned|\breputation|\bpolic(?:y|ies)\b|\bdmarc|\bspf\b|\bdkim|\bunauthenticated|\bauthenticat|\bcontent\b|\bvirus|\bmalware|\bphish|\brelay(?:ing)? (?:access )?(?:denied|not permitted|not allowed)|\bnot permitted to relay|\bunable to relay|\bnot authori[sz]ed|\badministrative prohibition|\b(?:dns)?[rd]bl\b|\bspamhaus|\bbarracuda|\bspamcop|\bcomplain|\b(?:mail|message) (?:was |is |has been )?(?:rejected|refused|not (?:allowed|accepted))|\bmail rejet|\bsuspicious|\bgreylist|\blisted (?:at|in|by|on)|\bprohibited|\bOFR_?5\d\d/i,
  ],
]
