/**
 * Whether a speaker is a body or an office of which there are many (`the health agency`, `the mayor`), and nothing in a report
 * says which: then readers learn nothing from it.
 */
export function isUnnamedSpeaker(speaker: string, report: string): boolean {
  const noun = bare.exec(speaker)?.[1]
  return noun !== undefined && !namings(noun).some((naming) => naming.test(report))
}

/** Nothing but an article and words in small letters before the noun. */
const bare = /^the (?:[\p{Ll}-]+ ){0,2}(agency|ministry|company|firm|mayor)$/iu

const begins = "(?<!\\p{L})(?!(?:The|An?|Its?|This|That|His|Her|Their|Our)(?!\\p{L}))\\p{Lu}[\\p{L}’'-]+"
const bodies =
  /(?<!\p{L})(?:UNHCR|UNICEF|UNRWA|UNDP|WHO|WFP|IOM|FAO|OCHA|IAEA|NASA|FEMA|Frontex|Organi[sz]ation|Office|Programme|Program|Fund|Service|Commission|Authority)(?!\p{L})|\(\p{Lu}{3,6}\)/u

/** What names one: `Health Ministry`, `Dara’s mayor`, `mayor Vera Lind`, `Vera Lind, the mayor`, and of an agency any body. */
function namings(noun: string): RegExp[] {
  const capital = `${noun[0]?.toUpperCase()}${noun.slice(1)}`
  return [
    new RegExp(`(?<!(?:^|[.!?]["”’]? )The )(?<!\\p{L})${capital}(?!\\p{L})`, 'u'),
    new RegExp(`(?<!\\p{L})${noun}(?:,| of| for| in)? (?:the )?\\p{Lu}`, 'u'),
    new RegExp(`${begins}(?:,|['’]s?)? (?:(?:the|an?|its|his|her) )?(?:[\\p{Ll}-]+ ){0,3}${noun}(?!\\p{L})`, 'u'),
    ...(noun === 'agency' ? [bodies] : []),
  ]
}
