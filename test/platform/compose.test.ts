import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { readConfig, settingNames } from '../../src/config.ts'
import { registerWorker } from '../../src/platform/db/lease.ts'
import { createTestDb } from '../support/postgres.ts'
import { namesInCompose, namesInConfig, namesInExample, readCompose } from './compose.ts'

const dotEnv = {
  POSTGRES_PASSWORD: 'correcthorse',
  SECRET_KEY: '0123456789abcdefghijklmnopqrstuvwxyz',
  MAIL_FROM: 'Sitrep <desk@example.org>',
  POSTAL_ADDRESS: '1 Example Street, Kyiv',
}
const { services, volumes } = readCompose(dotEnv)
const ours = ['migrate', 'web', 'worker'] as const

test('one command brings up a database, a queue, a mail catcher, one web server and two workers', () => {
  expect(Object.keys(services).sort()).toEqual(['mailpit', 'migrate', 'postgres', 'redis', 'web', 'worker'])
  expect(services.worker?.deploy?.replicas).toBe(2)
  expect(services.web?.deploy?.replicas ?? 1).toBe(1)
  for (const name of ours) expect(services[name]?.command).toEqual([name])
})

test('every service that keeps running has a health check, and its data has a volume', () => {
  for (const [name, { healthcheck }] of Object.entries(services)) {
    if (name !== 'migrate') expect(healthcheck?.test?.[0], name).toBe('CMD')
  }
  const kept = Object.values(services).flatMap((service) => service.volumes.map((volume) => volume.split(':')[0]))
  expect(kept.sort()).toEqual(Object.keys(volumes).sort())
})

test('Redis never evicts jobs and writes them to disk', () => {
  const flags = services.redis?.command?.join(' ')
  expect(flags).toContain('--maxmemory-policy noeviction')
  expect(flags).toContain('--appendonly yes')
  expect(flags).toContain('--appendfsync everysec')
})

test('web and workers wait for the migration, and it waits for the database', () => {
  expect(services.migrate?.depends_on.postgres?.condition).toBe('service_healthy')
  for (const name of ['web', 'worker']) {
    expect(services[name]?.depends_on.migrate?.condition).toBe('service_completed_successfully')
  }
})

test('production accepts the settings of the file', () => {
  for (const name of ours) {
    const config = readConfig({ NODE_ENV: 'production', HOST: '0.0.0.0', ...services[name]?.environment })
    expect(config).toMatchObject({ production: true, samples: false, smtpUrl: 'smtp://mailpit:1025' })
  }
})

test.each(Object.keys(dotEnv))('without %s in .env nothing starts', (name) => {
  expect(() => readCompose({ ...dotEnv, [name]: '' })).toThrow(`set ${name} in .env`)
})

test('.env.example explains every setting, and the file sets no other', () => {
  const known = namesInConfig()
  expect(known.length).toBeGreaterThan(10)
  expect(namesInExample().sort()).toEqual([...known, 'POSTGRES_PASSWORD'].sort())
  expect(Object.keys(services.web!.environment).filter((name) => !known.includes(name))).toEqual([])
  expect(namesInCompose().filter((name) => !namesInExample().includes(name))).toEqual([])
})

/** Settings that the file does not take from .env, with the reason. */
const notPassed: Record<string, string> = {
  NODE_ENV: 'the image sets production, and a .env of development must not weaken it',
  HOST: 'the image listens on all addresses of its container',
  PORT: 'the file publishes port 3000 of the container',
  DATA_DIR: 'it is for the embedded database, and the file has a database of its own',
  SAMPLES: 'production never has samples',
}
const ofTheFile = ['DATABASE_URL', 'REDIS_URL']

test('the file passes every setting of .env to all containers, but for those with a reason', () => {
  const wanted = settingNames.filter((name) => notPassed[name] === undefined && !ofTheFile.includes(name))
  const env = Object.fromEntries(wanted.map((name) => [name, `value of ${name}`]))
  for (const service of ours) {
    const { environment } = readCompose({ ...dotEnv, ...env }).services[service]!
    expect(wanted.filter((name) => environment[name] !== env[name])).toEqual([])
    expect(Object.keys(notPassed).filter((name) => name in environment)).toEqual([])
  }
})

test('the table of the README has every setting, and no other', () => {
  const rows = readFileSync('README.md', 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| `'))
  const names = rows.flatMap((row) => [...row.split('|')[1]!.matchAll(/`([A-Z_]+)`/g)].map((found) => found[1]!))
  expect(names.sort()).toEqual(
    namesInConfig()
      .filter((name) => name !== 'NODE_ENV')
      .sort(),
  )
})

test("a worker is healthy while its heartbeat is in the database, under its container's name", async () => {
  const { db, url, close } = await createTestDb()
  const [, , ...args] = services.worker!.healthcheck!.test!
  const check = (): Promise<unknown> => promisify(execFile)(process.execPath, args, { env: { DATABASE_URL: url } })
  await registerWorker(db, 'another-container:1')
  await expect(check()).rejects.toMatchObject({ code: 1 })
  await registerWorker(db, `${hostname()}:1`)
  await check()
  await close()
})

test('the image copies only files that exist, leaves out what is for development, and does not run as root', () => {
  const dockerfile = readFileSync('Dockerfile', 'utf8')
  const copied = [...dockerfile.matchAll(/^COPY (.+) \S+$/gm)].flatMap((found) => found[1]!.split(' '))
  expect(copied.filter((path) => !existsSync(path))).toEqual([])
  const allowed = readFileSync('.dockerignore', 'utf8').split('\n')
  expect(copied.filter((path) => !allowed.includes(`!${path}`))).toEqual([])
  expect(dockerfile).toMatch(/^FROM node:26-slim$/m)
  expect(dockerfile).toMatch(/npm ci --omit=dev --omit=optional/)
  expect(dockerfile).toMatch(/^USER node$/m)
})
