import { type Block, textRun } from './block.ts'
import { outlineBlocks } from './blocks.ts'

/** Reads plain text into blocks: paragraphs by empty or full lines, items by their bullets. */
export function plainBlocks(text: string): Block[] {
  return outlineBlocks(text, (line) => [textRun(line)])
}
