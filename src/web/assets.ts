import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Routes, routes } from './context.ts'

const folder = join(import.meta.dirname, '..', '..', 'templates', 'pages', 'assets')

/** The stylesheet, script and icon. New content gets a new address, so that browsers may cache each for ever. */
export const assets = {
  css: publish('site.css', 'text/css; charset=utf-8'),
  script: publish('zone.js', 'text/javascript; charset=utf-8'),
  icon: publish('icon.svg', 'image/svg+xml'),
}

/** GET /assets/NAME.HASH.EXT, and /favicon.ico, which browsers ask for where a page names no icon. */
export function assetRoutes(): Routes {
  const web = routes()
  const byPath = new Map(Object.values(assets).map((asset) => [asset.path, asset]))
  web.get('/assets/:file', (c) => {
    const asset = byPath.get(c.req.path)
    if (!asset) return c.notFound()
    const headers = { 'Content-Type': asset.type, 'Cache-Control': 'public, max-age=31536000, immutable' }
    return c.body(asset.body, 200, headers)
  })
  web.get('/favicon.ico', (c) => c.redirect(assets.icon.path))
  return web
}

function publish(name: string, type: string): { path: string; body: string; type: string } {
  const body = readFileSync(join(folder, name), 'utf8')
  const hash = createHash('sha256').update(body).digest('base64url').slice(0, 12)
  const dot = name.lastIndexOf('.')
  return { path: `/assets/${name.slice(0, dot)}.${hash}${name.slice(dot)}`, body, type }
}
