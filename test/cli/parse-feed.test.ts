import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { parseFeedCommand } from '../../src/cli/parse-feed.ts'
import { UserError } from '../../src/platform/user-error.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sitrep-'))
  await writeFile(
    join(folder, 'a.xml'),
    '<rss version="2.0"><channel><title>Desk</title><item><guid>1</guid></item></channel></rss>',
  )
  await writeFile(join(folder, 'b.xml'), 'no feed')
})
afterAll(() => rm(folder, { recursive: true }))

async function run(...files: string[]): Promise<unknown[]> {
  let printed = ''
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((text, ...rest: unknown[]) => {
    printed += text
    for (const done of rest) if (typeof done === 'function') done()
    return true
  })
  try {
    await parseFeedCommand().parseAsync(files, { from: 'user' })
  } finally {
    write.mockRestore()
  }
  return printed
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
}

describe('sitrep parse-feed', () => {
  it('prints one line for each file, in order, and an error for a file that is not a feed', async () => {
    const [good, bad] = [join(folder, 'a.xml'), join(folder, 'b.xml')]
    expect(await run(good, bad)).toMatchObject([
      { file: good, feed: { title: 'Desk', url: null, language: null }, items: [{ key: '1' }] },
      { file: bad, error: 'the document is not a feed' },
    ])
  })

  it('resolves relative links against the address of the feed', async () => {
    const file = join(folder, 'c.xml')
    await writeFile(file, '<rss><channel><item><link>quay/1</link></item></channel></rss>')
    expect(await run('--url', 'https://desk.example/feeds/all.xml', file)).toMatchObject([
      { items: [{ url: 'https://desk.example/feeds/quay/1' }] },
    ])
  })

  it('says in one sentence which file cannot be read', async () => {
    await expect(run(join(folder, 'none.xml'))).rejects.toThrow(UserError)
    await expect(run(join(folder, 'none.xml'))).rejects.toThrow(/^There is no file .*none\.xml\. Check the path\.$/)
  })
})
