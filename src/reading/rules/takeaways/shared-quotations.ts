import { type Span, textOf } from '../passages/page.ts'
import type { Evidence } from '../types.ts'
import { evidenceOfAct, type Support, statedEvidence } from './evidence.ts'
import { saysAct } from './facts.ts'
import type { ListItem } from './list-item.ts'
import type { Sentences } from './report.ts'

/**
 * The support of each item of a list. What is quoted for another item is quoted for an item only if it says what that item says
 * was done; else another sentence is looked for.
 */
export function supportsOf(list: ListItem[], report: Sentences): Support[] {
  const found = list.map((item) => statedEvidence(item, list, report))
  return found.map((support, at) => {
    const item = list[at]
    if (!item) return support
    const others = found.flatMap(({ evidence }, other) => (other === at ? [] : evidence))
    const claim = textOf(report.page, item)
    const isOfOther = (each: Evidence) => others.some((other) => isSame(each, other)) && !saysAct(claim, each.quote)
    const taken = support.evidence.filter(isOfOther)
    if (taken.length === 0) return support
    const next = statedEvidence(item, list, report, taken)
    const isOwn = next.evidence[0]?.start === item.start
    return isOwn || next.evidence.some(isOfOther) ? evidenceOfAct(item, list, report, taken) : next
  })
}

/** Whether two quotations share half of the shorter one. */
function isSame(one: Span, other: Span): boolean {
  const shared = Math.min(one.end, other.end) - Math.max(one.start, other.start)
  return shared > 0 && shared * 2 >= Math.min(one.end - one.start, other.end - other.start)
}
