import { createBullBoard } from '@bull-board/api'
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter'
import { HonoAdapter } from '@bull-board/hono'
import { serveStatic } from '@hono/node-server/serve-static'
import { createPostgresBackend, Queue, type QueueOptions, Worker, type WorkerOptions, withBackend } from 'bullmq'
import type { Hono } from 'hono'
import { Redis } from 'ioredis'

/** Where the queue lives: Redis where it is set, else tables beside ours. Nothing in it is the truth about anything. */
export type QueueHome = { redisUrl?: string | undefined; databaseUrl: string; onError: (error: Error) => void }

export type Scheduler = {
  /** Makes the schedulers what they should be; safe to repeat, and needed again after Redis lost its memory. */
  schedule(job: { name: string; every: number }): Promise<void>
  /** Wakes a sweep now; presses while it waits are one, and one while it runs makes it run once more. */
  wake(job: { name: string; parallel: number }): Promise<void>
  close(): Promise<void>
}

export type QueueWorker = { close(force?: boolean): Promise<void> }

const name = 'sitrep'
/** One hash tag, so that a Redis Cluster keeps the queue in one slot. */
const prefix = '{sitrep}'
const kept = { removeOnComplete: { count: 200 }, removeOnFail: { count: 200 } }
/** A killed worker's job is taken over within 15 s; how often that may happen is for our own rows to count. */
const leases = { lockDuration: 10_000, stalledInterval: 5_000, maxStalledCount: 1_000_000 }
const concurrency = 16

export function openScheduler(home: QueueHome): Scheduler {
  const { queue, close } = openQueue(home)
  return {
    async schedule(job) {
      await queue.upsertJobScheduler(job.name, { every: job.every * 1000 }, { name: job.name, data: {}, opts: kept })
    },
    async wake(job) {
      const ids = Array.from({ length: job.parallel }, (_, n) => `${job.name}:${n}`)
      const asOne = (id: string) => ({ ...kept, deduplication: { id, keepLastIfActive: true } })
      await Promise.all(ids.map((id) => queue.add(job.name, {}, asOne(id))))
    },
    close,
  }
}

/** Starts to run jobs; `run` gets a job's name, and what it throws is the job's failure. */
export function openQueueWorker(home: QueueHome, run: (job: string) => Promise<unknown>): QueueWorker {
  const process = ({ name: job }: { name: string }) => run(job)
  const options = { ...leases, concurrency }
  if (!home.redisUrl) {
    const { Worker: PostgresWorker } = withBackend(createPostgresBackend)
    return crewOf(new PostgresWorker(name, process, { ...options, connection: tablesOf(home) }), home)
  }
  const connection = redisOf(home.redisUrl, home)
  const worker = new Worker(name, process, { ...options, prefix, connection } satisfies WorkerOptions)
  return crewOf(worker, home, () => connection.disconnect())
}

/** The queue as people see it, to read only. The web never puts anything in. */
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
    const queue = new PostgresQueue(name, { connection: tablesOf(home) })
    queue.on('error', home.onError)
    return { queue: queue as unknown as Queue, close: () => queue.close() }
  }
  const connection = redisOf(home.redisUrl, home)
  const queue = new Queue(name, { prefix, connection } satisfies QueueOptions)
  queue.on('error', home.onError)
  return {
    queue,
    async close() {
      await queue.close()
      connection.disconnect()
    },
  }
}

type AnyWorker = {
  on(event: 'error', listener: (error: Error) => void): unknown
  close(force?: boolean): Promise<void>
}

function crewOf(worker: AnyWorker, { onError }: QueueHome, after?: () => void): QueueWorker {
  worker.on('error', onError)
  return {
    async close(force) {
      await worker.close(force)
      after?.()
    },
  }
}

const tablesOf = ({ databaseUrl }: QueueHome) => ({
  connectionString: databaseUrl,
  schema: 'bullmq',
  migrate: true,
  max: 4,
})

/** Workers wait for Redis for ever; what must not wait has a deadline of its own. */
function redisOf(url: string, { onError }: QueueHome): Redis {
  const redis = new Redis(url, { maxRetriesPerRequest: null, connectTimeout: 5_000, retryStrategy: () => 1_000 })
  redis.on('error', onError)
  return redis
}
