/**
 * What an analyst gives for a topic: a name, a description, sentences that are on it, and sentences that only use the same
 * words.
 */
export type TopicSketch = { name: string; description: string; examples: string[]; counterExamples: string[] }
