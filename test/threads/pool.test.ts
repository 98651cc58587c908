import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { afterAll, describe, expect, it } from 'vitest'
import { builtinTopics } from '../../src/reading/rules/topics/topic-file.ts'
import type { TopicRule } from '../../src/reading/rules/types.ts'
import { createReaderPool } from '../../src/threads/pool.ts'

const pool = createReaderPool()
afterAll(() => pool.close())

const feed = (body: string) =>
  Buffer.from(`<rss version="2.0"><channel><title>t</title><item><title>i</title>${body}</item></channel></rss>`)
const small = () => pool.parse(feed(''), { url: '' })

describe('the pool of reader threads', () => {
  it('parses in another thread', async () => {
    expect(await small()).toMatchObject({ kind: 'parsed', document: { title: 't', items: [{ title: 'i' }] } })
  })

  it('reads in another thread', async () => {
    const outcome = await pool.read({ html: '<p>Drones hit a power station near Odesa.</p>' }, builtinTopics)
    expect(outcome).toMatchObject({ kind: 'read', reading: { text: 'Drones hit a power station near Odesa.' } })
  })

  it('reads by the rules that came with the report', async () => {
    const text = 'Дрони влучили в підстанцію, і півміста залишилося без світла.'
    const rule = { signals: [{ weight: 1, find: 'підстанцію' }] }
    const own = { slug: 'own', name: 'Own', description: '', version: 1, threshold: 0.5, rule }
    const topics = async (rules: TopicRule[]) => {
      const outcome = await pool.read({ text }, rules)
      return outcome.kind === 'read' && outcome.reading.topics.map(({ topic }) => topic)
    }
    expect([await topics([own]), await topics([]), await topics([own])]).toEqual([['own'], [], ['own']])
  })

  it('kills a task that runs too long, while others go on', async () => {
    const shortPool = createReaderPool({ size: 2, parseTimeoutMs: 200 })
    const hostile = shortPool.parse(feed(`<description><![CDATA[${'<div>'.repeat(600_000)}]]></description>`), {
      url: '',
    })
    const others = await Promise.all(Array.from({ length: 20 }, () => shortPool.parse(feed(''), { url: '' })))
    expect(others.filter(({ kind }) => kind !== 'parsed')).toEqual([])
    expect(await hostile).toEqual({ kind: 'unreadable', reason: 'the document could not be read within 0.2 s' })
    expect(await shortPool.parse(feed(''), { url: '' })).toMatchObject({ kind: 'parsed' })
    await shortPool.close()
  })

  it('survives a text that needs more memory than a thread has', async () => {
    const longPool = createReaderPool({ size: 1, parseTimeoutMs: 60_000 })
    expect(await longPool.parse(feed('<a>'.repeat(3_000_000)), { url: '' })).toEqual({
      kind: 'unreadable',
      reason: 'the document needs more than 80 MB to be read',
    })
    expect(await longPool.parse(feed(''), { url: '' })).toMatchObject({ kind: 'parsed' })
    await longPool.close()
  })

  it('counts processor time, so that a busy machine ends no task', async () => {
    const busyPool = createReaderPool({ size: 1, parseTimeoutMs: 1_000 })
    await busyPool.parse(feed(''), { url: '' })
    const spin = 'const end = Date.now() + 3000; while (Date.now() < end);'
    const busy = Array.from({ length: 16 * availableParallelism() }, () => new Worker(spin, { eval: true }))
    const long = feed(`<description>${'<p>Rain fell on the harbour.</p>'.repeat(2_000)}</description>`)
    expect(await busyPool.parse(long, { url: '' })).toMatchObject({ kind: 'parsed' })
    await Promise.all([...busy.map((worker) => worker.terminate()), busyPool.close()])
  })

  it('counts neither the start of a thread nor the wait for one towards the time limit', async () => {
    const shortPool = createReaderPool({ size: 1, parseTimeoutMs: 150 })
    const many = await Promise.all(Array.from({ length: 200 }, () => shortPool.parse(feed(''), { url: '' })))
    expect(many.filter(({ kind }) => kind !== 'parsed')).toEqual([])
    await shortPool.close()
  })
})
