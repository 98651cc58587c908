import { createBullBoard } from '@bull-board/api'
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter'
import { HonoAdapter } from '@bull-board/hono'
import { serveStatic } from '@hono/node-server/serve-static'
import { createPostgresBackend, Queue, type QueueOptions, Worker, type WorkerOptions, withBackend } from 'bullmq'
import type { Hono } from 'hono'
import { connectToRedis, redisKeyPrefix } from '../platform/redis/connect.ts'
import { openQueuePool, queueName } from './queue-tables.ts'

/**
 * Where the queue is: in Redis where it is set, else in our database. All work that is due is in our own tables too.
 * `databaseUrl` leads to PostgreSQL itself: the queue listens, and its statements name no schema.
 */
export type QueueHome = { redisUrl?: string | undefined; databaseUrl: string; onError: (error: Error) => void }

export type Scheduler = {
  /**
   * Writes the schedule of a job. It may be repeated, and must be after Redis has lost its data. A schedule that a wrong clock
   * wrote, and whose next run lies too far ahead, is made anew.
   */
  schedule(job: { name: string; every: number }, now: Temporal.Instant): Promise<void>
  /** Enqueues a job now, once for each parallel run. A wake-up during a run makes it run once more. */
  wake(job: { name: string; parallel: number }): Promise<void>
  close(): Promise<void>
}

export type QueueWorker = { close(force?: boolean): Promise<void> }

const keepLast = { removeOnComplete: { count: 200 }, removeOnFail: { count: 200 } }
/** Another worker takes over the job of a killed one within 15 s, as often as needed: our own tables count attempts. */
const locks = { lockDuration: 10_000, stalledInterval: 5_000, maxStalledCount: 1_000_000 }
const concurrency = 16

/** Opens the part of the queue that enqueues jobs. */
export function openScheduler(home: QueueHome): Scheduler {
  const { queue, close } = openQueue(home)
  return {
    async schedule({ name, every }, now) {
      const known = await queue.getJobScheduler(name)
      if (known?.next && known.next > now.add({ seconds: 2 * every }).epochMilliseconds)
        await queue.removeJobScheduler(name)
      await queue.upsertJobScheduler(name, { every: every * 1000 }, { name, data: {}, opts: keepLast })
    },
    async wake({ name, parallel }) {
      const ids = Array.from({ length: parallel }, (_, n) => `${name}:${n}`)
      const once = (id: string) => ({ ...keepLast, deduplication: { id, keepLastIfActive: true } })
      await Promise.all(ids.map((id) => queue.add(name, {}, once(id))))
    },
    close,
  }
}

/** Runs the jobs of the queue, at most 16 at a time. `run` gets the name of a job; when it rejects, the job has failed. */
export function openQueueWorker(home: QueueHome, run: (name: string) => Promise<unknown>): QueueWorker {
  const handle = ({ name }: { name: string }) => run(name)
  const options = { ...locks, concurrency }
  if (!home.redisUrl) {
    const { Worker: PostgresWorker } = withBackend(createPostgresBackend)
    const pool = openQueuePool(home)
    const worker = new PostgresWorker(queueName, handle, { ...options, connection: pool as never })
    worker.on('error', home.onError)
    return {
      async close(force) {
        await worker.close(force)
        await pool.end()
      },
    }
  }
  const connection = connectToRedis(home.redisUrl, home.onError)
  const worker = new Worker(queueName, handle, {
    ...options,
    prefix: redisKeyPrefix,
    connection,
  } satisfies WorkerOptions)
  worker.on('error', home.onError)
  return {
    async close(force) {
      await worker.close(force)
      connection.disconnect()
    },
  }
}

/** The pages that show the queue, read-only: the web server never enqueues. */
export function dashboard(home: QueueHome, basePath: string): { board: Hono; close(): Promise<void> } {
  const { queue, close } = openQueue(home)
  const serverAdapter = new HonoAdapter(serveStatic)
  serverAdapter.setBasePath(basePath)
  createBullBoard({ queues: [new BullMQAdapter(queue, { readOnlyMode: true })], serverAdapter })
  return { board: serverAdapter.registerPlugin() as unknown as Hono, close }
}

function openQueue(home: QueueHome): { queue: Queue; close(): Promise<void> } {
  if (!home.redisUrl) {
    const { Queue: PostgresQueue } = withBackend(createPostgresBackend)
    const pool = openQueuePool(home)
    const queue = new PostgresQueue(queueName, { connection: pool as never })
    queue.on('error', home.onError)
    return {
      queue: queue as unknown as Queue,
      async close() {
        await queue.close()
        await pool.end()
      },
    }
  }
  const connection = connectToRedis(home.redisUrl, home.onError)
  const queue = new Queue(queueName, { prefix: redisKeyPrefix, connection } satisfies QueueOptions)
  queue.on('error', home.onError)
  return {
    queue,
    async close() {
      await queue.close()
      connection.disconnect()
    },
  }
}
