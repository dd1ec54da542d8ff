import { todayApi } from '../../../../shared/contract/api/today.ts'
import { type TodayBoard, todayBoardReply } from '../../../../shared/contract/today.ts'
import { type ApiProblem, toProblem } from '../../../core/api-problem.ts'
import type { AdminApi } from '../../api.ts'

/** Seconds one stream is asked to stay open; the server allows 60. */
const STREAM_SECONDS = 55
/** Between two questions where streams do not come through, ms. */
const POLL_MS = 15_000

interface Listener {
  readonly onBoard: (board: TodayBoard) => void
  readonly onProblem: (problem: ApiProblem) => void
}

/** The events in a text so far, and what is left of it: an event ends with an empty line. */
export function splitEvents(text: string): { readonly data: readonly string[]; readonly rest: string } {
  const blocks = text.split(/\r?\n\r?\n/)
  const rest = blocks.pop() ?? ''
  const today = blocks.filter((block) => /^event: today$/m.test(block))
  return { data: today.map((block) => /^data: (.*)$/m.exec(block)?.[1] ?? ''), rest }
}

/** Reads one stream to its end. @returns whether any figure came through it */
async function readStream(api: AdminApi, onBoard: Listener['onBoard'], signal: AbortSignal): Promise<boolean> {
  const timeout = (STREAM_SECONDS + 15) * 1000
  const reply = await api.open(todayApi.events, { query: { seconds: STREAM_SECONDS }, signal, timeout })
  const reader = reply.body?.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  let any = false
  for (;;) {
    const part = await reader?.read()
    if (part === undefined || part.done) return any
    const { data, rest } = splitEvents(text + part.value)
    text = rest
    for (const one of data) {
      onBoard(todayBoardReply.parse(JSON.parse(one)))
      any = true
    }
  }
}

const wait = (ms: number, signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })

/**
 * Follows today's board until `signal` aborts: by server-sent events (read with fetch, so that the access token is a
 * header and never in an address), and by asking every 15 s where a stream brings nothing.
 */
export async function watchToday(api: AdminApi, { onBoard, onProblem }: Listener, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      if (await readStream(api, onBoard, signal)) continue
    } catch {
      // A stream that breaks, or that a proxy holds back, is no failure yet: the plain question says whether one is.
    }
    if (signal.aborted) return
    try {
      onBoard(await api.call(todayApi.board, { signal }))
    } catch (error) {
      if (!signal.aborted) onProblem(toProblem(error))
    }
    await wait(POLL_MS, signal)
  }
}
