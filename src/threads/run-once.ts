import { once } from 'node:events'
import { Worker } from 'node:worker_threads'

/**
 * Runs a file in a thread of its own, which ends with its one answer: what it loaded leaves the memory with it. The file gets
 * `task` as its `workerData` and posts the answer.
 * @throws what the thread throws, or an Error when it ends without an answer
 */
export async function runOnce<Task, Answer>(file: URL, task: Task): Promise<Answer> {
  const thread = new Worker(file, { workerData: task })
  const ended = once(thread, 'exit').then(() => {
    throw new Error(`The thread of ${file.pathname} ended without an answer.`)
  })
  try {
    const [answer] = await Promise.race([once(thread, 'message'), ended])
    return answer as Answer
  } finally {
    ended.catch(() => {})
    await thread.terminate()
  }
}
