import { auditedActions } from './audit.ts'
import { type Pages, pagesOf } from './pages.ts'
import { openTestApp, type TestApp } from './test-app.ts'

/** An app with a feed server, and its pages as a signed-in admin sees them. */
export type FeedAdmin = {
  app: TestApp
  pages: Pages
  admin: { headers: { cookie: string } }
  /** The text of a page. */
  read(path: string): Promise<string>
  /** Presses a button of a feed's page. */
  press(id: number, act: string, fields?: Record<string, string | number>): Promise<Response>
  /** What the audit says of a feed, the newest event first. */
  doneBy(id: number): Promise<string[]>
}

export async function openFeedAdmin(): Promise<FeedAdmin> {
  const app = await openTestApp({ feedServer: true })
  const pages = pagesOf(app)
  const admin = await pages.signIn()
  return {
    ...{ app, pages, admin },
    read: async (path) => (await pages.get(path, admin)).text(),
    press: (id, act, fields = {}) => pages.post(`/admin/feeds/${id}/${act}`, fields, admin),
    doneBy: async (id) => (await auditedActions(app)).filter((event) => event.endsWith(`feed:${id}`)),
  }
}
