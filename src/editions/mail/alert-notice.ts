/** What an alert says of itself: `quiet`, it waited for the end of the quiet hours. */
export function noticeWords(notice: string): string {
  return notice === 'quiet' ? 'It waited for the end of your quiet hours.' : ''
}
