import { contentStems } from './content-words.ts'

/** So few takeaways say little of how frequent a word is. */
const minTexts = 500
/** A word that more takeaways have, and that does not come with the topic's name, is no word of the topic. */
const frequentShare = 0.005
const minLift = 3

/** Which stems the takeaways of a team's own stream have, to tell words of a topic from words of the news. */
export class StreamWords {
  readonly #texts = new Map<string, number[]>()
  #count = 0

  add(text: string): void {
    for (const stem of contentStems(text)) {
      const having = this.#texts.get(stem)
      if (having) having.push(this.#count)
      else this.#texts.set(stem, [this.#count])
    }
    this.#count++
  }

  /** The share of the takeaways that have a stem, from 0 to 1; 0 while few are stored. */
  share(stem: string): number {
    return this.#count < minTexts ? 0 : (this.#texts.get(stem)?.length ?? 0) / this.#count
  }

  /** Whether a stem is frequent, and no more so in takeaways that have one of the words of a name. */
  isOfOtherNews(stem: string, named: string[]): boolean {
    const share = this.share(stem)
    if (share <= frequentShare) return false
    const withName = new Set(named.flatMap((name) => this.#texts.get(name) ?? []))
    const both = (this.#texts.get(stem) ?? []).filter((text) => withName.has(text)).length
    return both / this.#count <= minLift * share * (withName.size / this.#count)
  }
}
