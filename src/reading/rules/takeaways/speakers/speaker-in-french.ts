/** The speaker that a French sentence names: `selon le HCR`, `a déclaré M. Diallo`, `le maire a annoncé que`. */
export function frenchSpeaker(sentence: string): string | null {
  if (!mayBeFrench.test(sentence)) return null
  const source = /(?:^|[\s(])(?:[Ss]elon|[Dd][’']après) ([^,;:()«»“”"]{2,90})/.exec(sentence)?.[1]
  const behind = behindVerb.exec(sentence)?.[1]
  const before = beforeVerb.exec(sentence)?.[1]
  return name(source) ?? name(behind) ?? subject(before)
}

const mayBeFrench = /[éèêàç]|[Ss]elon | a dit |(?:affirm|estim|indiqu|expliqu)e(?:nt)? /

const said =
  '(?:a|ont|avait|avaient) (?:déclaré|annoncé|indiqué|affirmé|averti|dit|expliqué|précisé|souligné|rapporté|estimé|ajouté|prévenu|confirmé|assuré|alerté|signalé|fait savoir|démenti)|' +
  'affirme(?:nt)?|déclare(?:nt)?|indique(?:nt)?|explique(?:nt)?|précise(?:nt)?|estime(?:nt)?|rapporte(?:nt)?|alerte(?:nt)?|avertit|avertissent|assure(?:nt)?'

const behindVerb = new RegExp(`[,»”"!?] (?:l[’']|en )?(?:${said}) ([^,;:()«»“”"]{2,110})`)
const beforeVerb = new RegExp(
  `^([^;:()«»“”"]{2,160}?) (?:${said})(?: \\S+ment| lundi| mardi| mercredi| jeudi| vendredi| samedi| dimanche)? ?(?:que\\b|qu[’']|:|«)`,
)

/** The subject before the verb: the clause behind a leading time or place, or a name before its description. */
function subject(clause: string | undefined): string | null {
  const parts = (clause ?? '').split(/, */)
  const [first = '', ...rest] = parts
  if (/^(?:Le|La|Les|L[’']|Un|Une|Des|M\.|Mme|\p{Lu})/u.test(first) && !opening.test(first))
    return parts.length < 3 || rest.length > 1 ? name(first) : null
  return parts.length === 2 ? name(rest[0]) : null
}

const opening =
  /^(?:Lundi|Mardi|Mercredi|Jeudi|Vendredi|Samedi|Dimanche|Dans|En|À|Au|Aux|Le \d|Depuis|Après|Avant|Sur|Pour|Par|Selon|Hier|Mais|Et|Si|Quand|Lorsque|Comme)\b/

/** The phrase as a name, up to a time or a place; null if it holds no name, office or body. */
function name(phrase: string | undefined): string | null {
  const words =
    (phrase ?? '')
      .trim()
      .split(
        / (?:dans|lors|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|hier|qui|dont|à la|à l[’']|sur|depuis|après|pendant|devant|ce|cette|le \d)\b/,
      )[0] ?? ''
  const plain = words.replace(/ ?\.$/, '').trim()
  if (plain.split(' ').length > 10 || not.test(plain)) return null
  const bare = plain.replace(/^(?:l[’']|(?:le|la|les|un|une) (?=\p{Lu}))/iu, '')
  const isNamed = /^\p{Lu}/u.test(bare) && !/^(?:Le|La|Les|Un|Une|Des)\b/.test(bare)
  if (isNamed) return finite.test(bare) ? null : bare
  if (!speakers.test(plain) || finite.test(plain)) return null
  return plain.replace(/^(?:L[’']|Le|La|Les|Un|Une|Des)(?=[\s’']|\p{Ll})/u, (article) => article.toLowerCase())
}

const not =
  /^(?:lui|elle|elles|eux|moi|nous|vous|toi|il|ils|on|ce|cela|qui|laquelle|lequel)\b|\b(?:plan|prévisions?|loi|calendrier|critères?|besoins?|termes|normes|moyens|âge|saison|ne|n[’'])(?:\s|$)/i
const finite = /(?:^|\s)(?:est|sont|était|étaient|a|ont|avait|avaient|sera|seront|fut|qui|que|et que)(?:\s|$)/
const speakers =
  /(?:^|[\s’'])(?:ministères?|ministre|gouvernement|armée|maire|mairie|préfet|préfète|préfecture|autorités?|police|gouverneure?|porte-parole|responsables?|organisations?|agences?|présidente?|présidence|directeur|directrice|chef|général|colonel|commandant|capitaine|coordinat(?:eur|rice)|habitants?|témoins?|experts?|analystes?|médecins?|infirmi(?:er|ère)s?|habitants|société|compagnie|opérateur|presse|médias|journal|chaîne|observatoire|commission|conseil|comité|parquet|procureure?|secrétaire|chancelier|roi|pape|évêque|humanitaires|secouristes|pompiers|diplomates?|enquêteurs|rapport|bureau|ONG|ONU)(?:\s|$)/i
