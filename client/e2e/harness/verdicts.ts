import type { Page, Response } from 'playwright-core'
import { z } from 'zod'
import { verdictSchema } from '../../../shared/contract/liveness.ts'

export type Verdict = z.infer<typeof verdictSchema>

const judged = z.object({ lab: z.object({ verdict: verdictSchema }) })

/** Verdicts come with the lab profile's answers to captures. */
const isAnswer = (response: Response) =>
  /\/api\/v1\/(face\/register|absensi\/submit|public\/scan-attendance)$/.test(response.url())

/** Keeps the verdicts a page is answered with, in order. */
export function watchVerdicts(page: Page): { all(): Promise<Verdict[]>; last(): Promise<Verdict | null> } {
  const found: Promise<Verdict | null>[] = []
  page.on('response', (response) => {
    if (!isAnswer(response)) return
    const read = response.json().then(
      (body: unknown) => judged.safeParse(body).data?.lab.verdict ?? null,
      () => null,
    )
    found.push(read)
  })
  const all = async () => (await Promise.all(found)).filter((verdict) => verdict !== null)
  return { all, last: async () => (await all()).at(-1) ?? null }
}
