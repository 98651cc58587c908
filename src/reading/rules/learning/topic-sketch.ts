/**
 * What an analyst gives for a topic: a name, a description, sentences that are on it, and sentences that only use the same
 * words.
 */
export type TopicSketch = { name: string; description: string; examples: string[]; counterExamples: string[] }

/** The share of stored takeaways that have a stem, from 0 to 1; 0 where nothing is stored. */
export type StreamShare = (stem: string) => number
