/** This device's calendar day, YYYY-MM-DD: where a calendar or a form begins. What counts is the server's. */
export function deviceDay(): string {
  const now = new Date()
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10)
}
