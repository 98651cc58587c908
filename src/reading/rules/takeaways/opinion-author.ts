/**
 * Who speaks in an opinion page: the name behind its title, else `the author`; null for other reports. Its claims are not
 * those of the publisher.
 */
export function opinionAuthor(title: string, url: string): string | null {
  const parts = title.slice(0, maxTitleLength).split(/\s[|–—]\s/)
  const isOpinion =
    (opinionPath.test(url) && opinionPath.test(pathOf(url))) ||
    opinionTitle.test(title) ||
    parts.slice(1).some(isSection)
  if (!isOpinion) return null
  return parts.slice(1).find((part) => personName.test(part) && !isSection(part)) ?? 'the author'
}

const maxTitleLength = 300

const isSection = (part: string): boolean => section.test(part)

const section = /^(?:opinions?|editorial|comment(?:ary)?|column|op-?ed|viewpoint)$/i
const opinionTitle = /^(?:opinion|editorial|comment(?:ary)?|column|op-?ed|viewpoint)\s?[:|–—-]\s/i
const opinionPath =
  /\/(?:opinions?|commentisfree|comment|commentary|op-?eds?|columns?|columnists?|editorials?|viewpoints?)\//i
const personName = /^\p{Lu}[\p{L}’'.-]{0,20}(?: (?:de|von|van|al|bin|\p{Lu}[\p{L}’'.-]{0,20})){1,3}$/u

function pathOf(url: string): string {
  return URL.parse(url)?.pathname ?? ''
}
