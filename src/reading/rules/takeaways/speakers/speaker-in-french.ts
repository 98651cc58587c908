import { romanceSpeaker, type SpeechPatterns } from './romance-speaker.ts'

/** The speaker that a French sentence names: `selon le HCR`, `a déclaré M. Diallo`, `le maire a annoncé que`. */
export function frenchSpeaker(sentence: string): string | null {
  return mayBeFrench.test(sentence) ? romanceSpeaker(sentence, french) : null
}

const mayBeFrench = /[éèêàçœ]|[Ss]elon |[DdLl][’']|(?<!\p{L})(?:les?|des|du|dans|une?|est|sur)(?!\p{L})/u

const days = 'lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|hier'
const participles =
  'déclaré|annoncé|indiqué|affirmé|averti|dit|expliqué|précisé|souligné|rapporté|estimé|ajouté|prévenu|confirmé|assuré|alerté|signalé|' +
  'fait savoir|démenti|rappelé|répété|soutenu|reconnu|révélé|regretté|dénoncé|promis|prétendu|insisté|noté|constaté|martelé|lancé|' +
  'répondu|écrit|raconté|confié|témoigné|conclu|jugé|plaidé|détaillé|résumé|fait valoir'
const presents =
  'affirme|déclare|indique|explique|précise|estime|rapporte|alerte|assure|annonce|confirme|souligne|signale|ajoute|rappelle|soutient|' +
  'reconnaît|révèle|note|constate|prévient|dit|écrit|juge|conclut|insiste|prétend|jure|promet'
const spoken =
  'regrette|lance|confie|raconte|témoigne|martèle|résume|soupire|répond|dénonce|accuse|prédit|poursuit|plaide|détaille|avertit'
const plural =
  'affirment|déclarent|indiquent|expliquent|précisent|estiment|rapportent|alertent|assurent|annoncent|confirment|soulignent|signalent|disent|avertissent|racontent|témoignent|dénoncent'
const said = `(?:a|ont|avait|avaient) (?:${participles})|${presents}|${plural}|avertit`
/** Verbs whose object or infinitive tells the claim: `dénonce une attaque`, `assure avoir repris`. */
const told =
  '(?:a |ont )?(?:dénoncé|démenti|accusé|condamné|déploré|revendiqué)|dément(?:ent)?|dénonce(?:nt)?|accuse(?:nt)?|condamne(?:nt)?|déplore(?:nt)?|' +
  "(?:estime|chiffre|évalue)(?:nt)? (?:à|le|la|les|l[’'])|fait état|font état|(?:assure|affirme|dit|prétend|reconnaît|nie)(?:nt)? (?:avoir|être|que)|(?:promet|jure|menace)(?:nt)? de"

const french: SpeechPatterns = {
  source: new RegExp(
    "(?:^|[\\s(])(?:[Ss]elon|[Dd][’']après|[Àà] en croire|[Aa]ux dires (?:de |d[’'])?|[Dd]e l[’']avis (?:de |d[’'])?|[Cc]omme l[’'](?:a|ont) (?:rappelé|dit|indiqué|souligné|expliqué|écrit|annoncé)) ?" +
      '([^,;:()«»“”"]{2,110})',
  ),
  behind: new RegExp(
    `[,»”"!?] (?:(?:l[’']|en )?(?:${said}|${spoken})|(?:a|ont)-t-(?:il|elle) (?:dit|déclaré))(?: (?:${days}| ce \\p{Ll}+))? ([^,;:()«»“”"]{2,110})`,
    'u',
  ),
  before: new RegExp(
    `^([^;:()«»“”"]{2,160}?) (?:(?:${said})(?: \\p{Ll}+ment| ${days.replaceAll('|', '| ')})? ?(?:que(?!\\p{L})|qu[’']|:|«)|(?<!, )(?:${told})(?!\\p{L})|(?:alerte|prévient|avertit|insiste) ?:)`,
    'u',
  ),
  opening:
    /^(?:Lundi|Mardi|Mercredi|Jeudi|Vendredi|Samedi|Dimanche|Dans|En|À|A|Au|Aux|Le \d|Depuis|Après|Avant|Sur|Pour|Par|Selon|Hier|Mais|Et|Si|Quand|Lorsque|Comme|Citant|De)(?!\p{L})/u,
  cuts: /,| (?:dans|lors|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|hier|qui|dont|à la|à l[’']|sur|depuis|après|pendant|devant|ce|cette|le \d)(?!\p{L})/u,
  paper:
    /^(?:(?:un|le|son|leur) (?:dernier |nouveau )?(?:rapport|bilan|communiqué|décompte|bulletin)|(?:les|des) (?:derniers |dernières )?(?:chiffres|données|estimations|informations|sources)|une (?:note|étude|enquête|source))(?: \p{Ll}+)? (?:publiée?s? par |de (?=l[’']|la |\p{Lu})|d[’'](?=\p{Lu})|(?=du |des ))/u,
  not: /^(?:lui|elle|elles|eux|moi|nous|vous|toi|il|ils|on|ce|cela|ça|qui|laquelle|lequel|leurs?|ses|son|sa)(?!\p{L})|(?<!\p{L})(?:plan|prévisions?|loi|calendrier|critères?|besoins?|termes|normes|moyens|âge|saison|bilan|sondages?|ne|n[’'])(?!\p{L})/iu,
  finite: /(?:^|\s)(?:est|sont|était|étaient|a|ont|avait|avaient|sera|seront|fut|qui|que|et que)(?:\s|$)/,
  speakers:
    /(?:^|[\s’'])(?:ministères?|ministre|gouvernement|armée|maire|mairie|préfet|préfète|préfecture|autorités?|police|gouverneure?|porte-parole|responsables?|organisations?|agences?|présidente?|présidence|directeur|directrice|chef|général|colonel|commandant|capitaine|coordinat(?:eur|rice)|coordonnat(?:eur|rice)|habitante?s?|témoins?|experts?|analystes?|médecins?|infirmi(?:er|ère)s?|société|compagnie|opérateur|presse|médias|journal|chaîne|observatoire|commission|conseil|comité|parquet|procureure?|secrétaire|chancelier|roi|pape|évêque|humanitaires|secouristes|pompiers|diplomates?|enquêteurs|rapport|bureau|mission|état-major|chancellerie|députée?s?|sénat(?:eur|rice)s?|avocate?s?|sources|réfugiée?s?|rescapée?s?|survivante?s?|négociateurs?|rebelles|junte|syndicat|ONG|ONU)(?:\s|$)/iu,
  article: /^(?:l[’']|(?:les?|la|du|des|un|une|au|aux) (?=\p{L}))/iu,
}
