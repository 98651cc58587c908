import { openEmbeddedPostgres } from '../../src/platform/embedded-postgres/open.ts'

/** A program of its own that holds the server of a folder open: prints the address, and leaves when its input ends. */
const server = await openEmbeddedPostgres({ dataDir: process.argv[2]! })
console.log(server.url)
for await (const _ of process.stdin);
await server.close()
