/** The processor time of a thread as one number, in microseconds. */
export const processorTime = ({ user, system }: { user: number; system: number }): number => user + system
