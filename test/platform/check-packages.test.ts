import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterAll, expect, test } from 'vitest'

/** An npm that answers `npm audit signatures` with ANSWER, and writes no list of packages. */
const folder = mkdtempSync(join(tmpdir(), 'sitrep-npm-'))
writeFileSync(join(folder, 'npm'), '#!/bin/sh\n[ "$1" = audit ] && printf %s "$ANSWER"\nexit 1\n', { mode: 0o755 })
afterAll(() => rmSync(folder, { recursive: true }))

const check = (answer: string) => {
  const env = { PATH: `${folder}${delimiter}${process.env.PATH}`, ANSWER: answer }
  const { status, stdout, stderr } = spawnSync('.ci/check-packages', { env, encoding: 'utf8' })
  return { status, said: stdout + stderr }
}

test('the check of the packages fails with a wrong signature', () => {
  const { status, said } = check('{"invalid":[{"name":"left-pad","version":"1.3.0"}],"missing":[]}')
  expect([status, said]).toEqual([1, expect.stringContaining('left-pad@1.3.0 has a wrong signature.')])
})

test.each([
  '',
  'npm error code ENOTFOUND',
  '{"error":{"code":"ENOAUDIT"}}',
  '{"invalid":[],"missing":[{"name":"a"}]}',
  'null',
])('it does not fail where a registry offers nothing: %j', (answer) => {
  expect(check(answer)).toMatchObject({
    status: 0,
    said: expect.stringContaining('This npm writes no list of packages.'),
  })
})
