import { parentPort, workerData } from 'node:worker_threads'
import mjml2html from 'mjml'

/** The MJML of a mail, by the name of the mail. */
export type MjmlOfMail = { name: string; mjml: string }
/** The HTML of a mail, or why there is none. */
export type HtmlOfMail = { name: string; html: string } | { name: string; problem: string }

/** Answers with the HTML of every mail. */
async function compileAll(mails: MjmlOfMail[]): Promise<HtmlOfMail[]> {
  return Promise.all(
    mails.map(({ name, mjml }) =>
      compile(mjml).then(
        (html) => ({ name, html }),
        (error: Error) => ({ name, problem: `is not valid MJML: ${error.message}` }),
      ),
    ),
  )
}

async function compile(mjml: string): Promise<string> {
  const options = { validationLevel: 'strict', ignoreIncludes: true, keepComments: false, fonts: {} } as const
  const { html } = await mjml2html(mjml, options)
  return html
}

parentPort?.postMessage(await compileAll(workerData))
