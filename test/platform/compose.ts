import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { z } from 'zod'

const serviceSchema = z.object({
  command: z.array(z.string()).optional(),
  environment: z.record(z.string(), z.string()).default({}),
  healthcheck: z.object({ test: z.array(z.string()).optional(), disable: z.boolean().optional() }).optional(),
  volumes: z.array(z.string()).default([]),
  deploy: z.object({ replicas: z.number() }).optional(),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).default({}),
})
const composeSchema = z.object({
  services: z.record(z.string(), serviceSchema),
  volumes: z.record(z.string(), z.unknown()),
})

/** The parts of docker-compose.yml that the tests look at, with ${NAME} filled in from `env`. */
export function readCompose(env: Record<string, string>): z.infer<typeof composeSchema> {
  const text = readFileSync('docker-compose.yml', 'utf8')
  return composeSchema.parse(interpolate(parse(text, { merge: true }), env))
}

/** The names that the file takes from .env. */
export function namesInCompose(): string[] {
  const text = readFileSync('docker-compose.yml', 'utf8')
  return [...new Set([...text.matchAll(/(?<!\$)\$\{(\w+)/g)].map((found) => found[1]!))]
}

/** The names that .env.example explains. */
export function namesInExample(): string[] {
  return [...readFileSync('.env.example', 'utf8').matchAll(/^(\w+)=/gm)].map((found) => found[1]!)
}

/** The names that config.ts reads, as its schema has them. */
export function namesInConfig(): string[] {
  const schema =
    /const settingsSchema = z\.object\(\{(.*?)^\}\)/ms.exec(readFileSync('src/config.ts', 'utf8'))?.[1] ?? ''
  return [...schema.matchAll(/^ {2}([A-Z_]+):/gm)].map((found) => found[1]!)
}

/** What Compose does with ${NAME}, ${NAME:-default}, ${NAME:?complaint} and $$ in every text of the file. */
function interpolate(value: unknown, env: Record<string, string>): unknown {
  if (typeof value === 'string') return fill(value, env)
  if (Array.isArray(value)) return value.map((part) => interpolate(part, env))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, interpolate(part, env)]))
}

function fill(text: string, env: Record<string, string>): string {
  return text.replace(/\$\$|\$\{(\w+)(?::([-?])([^}]*))?\}/g, (whole, name?: string, kind?: string, rest = '') => {
    if (name === undefined) return whole.slice(1)
    if (env[name]) return env[name]
    if (kind === '?') throw new Error(rest)
    return rest
  })
}
