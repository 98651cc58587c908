import { readConfig } from '../../src/config.ts'

/** What the start says; '' when it takes the settings. */
export function refusalOf(env: Record<string, string>): string {
  try {
    readConfig(env)
    return ''
  } catch (error) {
    return (error as Error).message
  }
}
