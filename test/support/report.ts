/** One report of a made-up desk, as an RSS item; `claims` are its stated takeaways. */
export type Report = { guid: string; title: string; at: Temporal.Instant; claims: string[] }

export const strike = 'Drones struck a substation near the river port and cut power to thirty thousand homes.'
export const guarantee = 'Partner states offered binding security guarantees with a monitoring force of their own.'
export const flight = 'Four thousand people were displaced from the border district within a week.'
export const harvest = 'The harvest of sunflowers was smaller than in the year before.'

/** An RSS 2.0 feed of such reports. */
export function feedOf(reports: Report[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>River Desk</title><link>https://desk.example/</link><description>Reports</description>
${reports.map(itemOf).join('\n')}
</channel></rss>`
}

function itemOf({ guid, title, at, claims }: Report): string {
  return `<item><title>${title}</title><link>https://desk.example/${guid}</link><guid isPermaLink="false">${guid}</guid>
<pubDate>${new Date(at.epochMilliseconds).toUTCString()}</pubDate><content:encoded><![CDATA[
<p>This report covers the day. Weather was fair in most districts, and roads stayed open.</p>
<p><strong>Key Takeaways:</strong></p><ul>${claims.map((claim) => `<li>${claim}</li>`).join('')}</ul>]]></content:encoded></item>`
}
