import { expect, test } from 'vitest'
import { forDriver, splitHosts, withoutPasswords } from '../../src/platform/db/database-url.ts'
import { createHosts, type Host } from '../../src/platform/db/writable-host.ts'

const a = { host: 'a', port: 5432 }
const b = { host: 'b', port: 5433 }

/** Hosts whose answers a test changes: true for one that takes writes, false for a standby, a text for one that is away. */
function scripted(answers: Record<string, boolean | string>) {
  const asked: string[] = []
  const hosts = createHosts([a, b], async ({ host }: Host) => {
    asked.push(host)
    const answer = answers[host]
    if (typeof answer === 'string') throw new Error(answer)
    return answer === true
  })
  return { hosts, asked }
}

test('the first host that takes writes is chosen, and kept until a connection was lost', async () => {
  const answers: Record<string, boolean | string> = { a: false, b: true }
  const { hosts, asked } = scripted(answers)
  expect(await hosts.choose()).toEqual(b)
  answers.a = true
  answers.b = 'ECONNREFUSED'
  expect(await hosts.choose()).toEqual(b)
  expect(asked).toEqual(['a', 'b'])
  hosts.forget()
  expect(await hosts.choose()).toEqual(a)
})

test('while no host takes writes, the error says what each said, and the next attempt asks again', async () => {
  const answers: Record<string, boolean | string> = { a: false, b: 'connect ECONNREFUSED' }
  const { hosts } = scripted(answers)
  await expect(hosts.choose()).rejects.toThrow(
    'No host of the database takes writes: a:5432 is read-only, b:5433 says connect ECONNREFUSED',
  )
  answers.a = true
  expect(await hosts.choose()).toEqual(a)
})

test('one host is never asked', async () => {
  const hosts = createHosts([a], () => Promise.reject(new Error('asked')))
  expect(await hosts.choose()).toEqual(a)
})

test('a URL with several hosts is one URL for each, with everything else the same', () => {
  expect(splitHosts('postgres://me:p%2C@a:5432,b,[::1]:5433/news?sslmode=require')).toEqual([
    'postgres://me:p%2C@a:5432/news?sslmode=require',
    'postgres://me:p%2C@b/news?sslmode=require',
    'postgres://me:p%2C@[::1]:5433/news?sslmode=require',
  ])
  expect(splitHosts('postgres://a/news')).toEqual(['postgres://a/news'])
})

test('TLS modes mean what they mean to psql, unless the URL says otherwise', () => {
  const url = 'postgres://me@a/news'
  expect(forDriver(`${url}?sslmode=require`)).toBe(`${url}?sslmode=require&uselibpqcompat=true`)
  expect(forDriver(`${url}?sslmode=require&uselibpqcompat=false`)).toBe(`${url}?sslmode=require&uselibpqcompat=false`)
  expect(forDriver(`${url}?sslmode=no-verify`)).toBe(`${url}?sslmode=no-verify`)
  expect(forDriver(`${url}?target_session_attrs=read-write`)).toBe(url)
})

test('no password is shown', () => {
  expect(withoutPasswords('postgres://me:secret@a:1/news')).toBe('postgres://me:***@a:1/news')
  expect(withoutPasswords('postgres://me:secret@a:1,b:2/news?sslmode=require')).toBe(
    'postgres://me:***@a:1,b:2/news?sslmode=require',
  )
})
