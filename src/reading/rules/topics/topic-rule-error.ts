import { UserError } from '../../../platform/user-error.ts'

/** A topic rule that cannot be used; its message names the topic and the spot, as in `signals[2].near[0]`. */
export class TopicRuleError extends UserError {
  override name = 'TopicRuleError'
  readonly path: string

  constructor(slug: string, path: string, problem: string) {
    super(`The rule of topic "${slug}" is wrong at ${path || 'its top'}: ${problem}.`)
    this.path = path
  }
}
