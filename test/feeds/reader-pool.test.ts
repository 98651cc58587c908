import { afterAll, describe, expect, it } from 'vitest'
import { builtinTopics } from '../../src/domain/reading/builtin-topics.ts'
import { createReaderPool } from '../../src/io/reader-pool.ts'

const pool = createReaderPool({ size: 2, parseTimeoutMs: 3000 })
afterAll(() => pool.close())

const feed = (body: string) =>
  Buffer.from(`<rss version="2.0"><channel><title>t</title><item><title>i</title>${body}</item></channel></rss>`)
const small = () => pool.parse(feed(''), { url: '' })

describe('the pool of readers', () => {
  it('parses in another thread', async () => {
    expect(await small()).toMatchObject({ kind: 'parsed', document: { title: 't', items: [{ title: 'i' }] } })
  })

  it('reads in another thread', async () => {
    const outcome = await pool.read({ html: '<p>Drones hit a power station near Odesa.</p>' }, builtinTopics)
    expect(outcome).toMatchObject({ kind: 'read', reading: { text: 'Drones hit a power station near Odesa.' } })
  })

  it('kills a parse that takes too long, while others go on', async () => {
    const poison = pool.parse(feed(`<description>${'<![CDATA['}${'<div>'.repeat(1_800_000)}]]></description>`), {
      url: '',
    })
    const others = await Promise.all(Array.from({ length: 20 }, small))
    expect(others.every(({ kind }) => kind === 'parsed')).toBe(true)
    expect(await poison).toMatchObject({ kind: 'unreadable' })
    expect(await small()).toMatchObject({ kind: 'parsed' })
  })

  it('survives a text that needs more memory than a thread has', async () => {
    const patient = createReaderPool({ size: 1, parseTimeoutMs: 60_000 })
    expect(await patient.parse(feed('<a>'.repeat(3_000_000)), { url: '' })).toEqual({
      kind: 'unreadable',
      reason: 'it needs more than 64 MB to be read',
    })
    expect(await patient.parse(feed(''), { url: '' })).toMatchObject({ kind: 'parsed' })
    await patient.close()
  })

  it('never lets the wait for a free thread count as reading', async () => {
    const many = await Promise.all(Array.from({ length: 200 }, small))
    expect(many.filter(({ kind }) => kind !== 'parsed')).toEqual([])
  })
})
