import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createRenderer } from '../../src/editions/render.ts'
import { digestOf, renderAlert, renderDigest, renderer, templatesDir } from './mails.ts'
import { matchedTakeaway } from './matched-takeaways.ts'
import { wordsOfHtml, wordsOfText } from './read-mail.ts'

test.each([
  '<script>alert(1)</script> & "quotes" and \'more\'',
  '{{ contact }} {% assign x = 1 %} {{ "a" | raw }}',
  '</mj-text><mj-raw><b>bold</b></mj-raw><mj-text>',
  '<mj-include path="/etc/passwd" /> <!-- comment --> ]]>',
  '&lt;b&gt; &amp;amp; <mj-text>',
])('%s is shown in both parts as plain text', async (text) => {
  const { html, text: plain } = await renderDigest([matchedTakeaway({ text, evidence: [] })])
  expect(wordsOfHtml(html)).toContain(text)
  expect(wordsOfText(plain)).toContain(text)
  expect(html).not.toMatch(/<script|<mj-|<b>bold/)
})

test('a hostile title can end neither an attribute nor a header', async () => {
  const item = { title: '"><img src=x>\r\nCc: mallory@bad.example', url: 'https://a.example/"onclick="x' }
  const { html, subject } = await renderAlert([matchedTakeaway({ text: 'Alarm\r\nBcc: eve@evil.example', item })])
  expect(subject).toBe('Alarm Bcc: eve@evil.example')
  expect(html).not.toMatch(/<img|"onclick=/)
})

test('a takeaway that is the title of its report is shown once', async () => {
  const title = 'Drones hit the power plant of Dara'
  const parts = async (text: string) => {
    const { html, text: plain } = await renderDigest([matchedTakeaway({ text, item: { title } })])
    return [wordsOfHtml(html), wordsOfText(plain)].map((words) => words.split(title).length - 1)
  }
  expect(await parts(title)).toEqual([1, 1])
  expect(await parts('The turbine hall burned down.')).toEqual([0, 0])
})

test('a subject keeps its special characters', async () => {
  const { subject } = await renderAlert([matchedTakeaway({ text: 'Odesa & Izmail: "no light"' })])
  expect(subject).toBe('Odesa & Izmail: "no light"')
})

test('each mail has one first heading, also an alert of a single story', async () => {
  const stories = [1, 2].map((id) =>
    matchedTakeaway({ id, text: `The power plant of Dara ${id} was hit.`, item: { title: `Dara ${id}` } }),
  )
  const mails = [await renderDigest(stories), await renderAlert(stories), await renderAlert(stories.slice(0, 1))]
  expect(mails.map(({ html }) => html.match(/<h1[ >]/g)?.length)).toEqual([1, 1, 1])
  expect(mails.map(({ html }) => html.match(/<h2[ >]/g)?.length ?? 0)).toEqual([2, 2, 0])
})

test('a count has its noun in the singular or the plural', async () => {
  const references = Array.from({ length: 7 }, (_, n) => ({ mark: `${n}`, url: `https://sources.example/${n}` }))
  const one = await renderDigest([matchedTakeaway({ evidence: [{ passage: 1, quote: 'Power is back.', references }] })])
  expect(wordsOfText(one.text)).toMatch(/and 1 more reference The whole story: \[\d+\] Wrong\? \[\d+\] LINKS/)
  const many = await renderDigest(
    Array.from({ length: 90 }, (_, n) => matchedTakeaway({ text: `${n} ${'w '.repeat(250)}` })),
  )
  expect(wordsOfText(many.text)).toMatch(/\d+ more stories\./)
  expect(wordsOfHtml(many.html)).toMatch(/\d+ more stories\./)
})

test('the version of a mail changes with any of its templates, and with nothing else', () => {
  const dir = mkdtempSync(join(tmpdir(), 'sitrep-templates-'))
  onTestFinished(() => rmSync(dir, { recursive: true }))
  cpSync(templatesDir, dir, { recursive: true })
  const versions = () => {
    const { version } = createRenderer({ templatesDir: dir })
    return [version('digest'), version('alert')]
  }
  const [digest, alert] = versions()
  expect(versions()).toEqual([digest, alert])
  writeFileSync(join(dir, 'mail/digest.subject.txt'), 'New: {{ subject }}')
  const [changed, same] = versions()
  expect([changed !== digest, same === alert]).toEqual([true, true])
  writeFileSync(join(dir, 'mail/parts/style.css.liquid'), 'a { color: red; }')
  expect(versions()[1]).not.toBe(alert)
})

const mjml = (content: string) =>
  `<mjml><mj-body><mj-section><mj-column>${content}</mj-column></mj-section></mj-body></mjml>`

test('a template with an unknown variable, invalid MJML or a condition that MJML drops fails', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'sitrep-templates-'))
  onTestFinished(() => rmSync(dir, { recursive: true }))
  cpSync(templatesDir, dir, { recursive: true })
  const mail = () => createRenderer({ templatesDir: dir }).mail('digest', digestOf([matchedTakeaway({})]))
  writeFileSync(join(dir, 'mail/digest.mjml'), mjml('<mj-text>{{ nobody }}</mj-text>'))
  await expect(mail()).rejects.toThrow('nobody')
  writeFileSync(join(dir, 'mail/digest.mjml'), '<mjml><mj-body><mj-nothing /></mj-body></mjml>')
  await expect(mail()).rejects.toThrow('The template of the mail digest is not valid MJML')
  writeFileSync(join(dir, 'mail/digest.mjml'), mjml('<mj-text>{{ subject | raw }}</mj-text>'))
  await expect(mail()).rejects.toThrow('raw')
  writeFileSync(join(dir, 'mail/digest.mjml'), mjml('{% if more > 0 %}<mj-text>more</mj-text>{% endif %}'))
  await expect(mail()).rejects.toThrow(
    'The template of the mail digest has {% if more > 0 %} outside an <mj-raw> or a text',
  )
  await expect(renderer.mail('nothing', {})).rejects.toThrow('nothing')
})

test('a page is escaped and rendered in its layout', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'sitrep-templates-'))
  onTestFinished(() => rmSync(dir, { recursive: true }))
  cpSync(templatesDir, dir, { recursive: true })
  writeFileSync(join(dir, 'pages/frame.liquid'), '<main>{% block body %}{% endblock %}</main>')
  writeFileSync(join(dir, 'pages/hello.liquid'), "{% layout 'frame' %}{% block body %}{{ name }}{% endblock %}")
  const page = await createRenderer({ templatesDir: dir }).page('hello', { name: '<b>"Olena"</b>' })
  expect(page.trim()).toBe('<main>&lt;b&gt;&quot;Olena&quot;&lt;/b&gt;</main>')
})
