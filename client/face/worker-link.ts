import { EngineProblem } from './engine-types.ts'
import type { Reply, Request } from './worker-messages.ts'

/** The page's end of a worker: jobs go in, results come out in order. After `close` every job fails. */
export interface WorkerLink<Job, Result> {
  run(job: Job, transfer?: Transferable[]): Promise<Result>
  close(): void
}

/**
 * Takes a worker into ownership. Where its script does not load or it dies, every open job fails with EngineProblem
 * `failed`; `tell` hears of bytes the worker reads; `signal` ends it at once, whatever it is doing.
 */
export function linkWorker<Job, Result>(
  worker: Worker,
  tell: (bytes: number) => void,
  signal: AbortSignal,
): WorkerLink<Job, Result> {
  const open = new Map<number, { resolve: (result: Result) => void; reject: (problem: EngineProblem) => void }>()
  let next = 0
  let ended: EngineProblem | null = null
  const end = (cause: unknown) => {
    ended ??= new EngineProblem('failed', cause)
    worker.terminate()
    for (const { reject } of open.values()) reject(ended)
    open.clear()
  }
  if (signal.aborted) end(signal.reason)
  signal.addEventListener('abort', () => end(signal.reason))
  worker.addEventListener('error', (event) => {
    event.preventDefault()
    end(event.message)
  })
  worker.addEventListener('messageerror', () => end('message unreadable'))
  worker.addEventListener('message', ({ data }: MessageEvent<Reply<Result>>) => {
    if ('loaded' in data) return tell(data.loaded)
    const job = open.get(data.id)
    open.delete(data.id)
    if ('problem' in data) job?.reject(new EngineProblem(data.problem, data.message))
    else job?.resolve(data.result)
  })
  return {
    run: (job, transfer = []) =>
      new Promise((resolve, reject) => {
        if (ended) return reject(ended)
        const id = next++
        open.set(id, { resolve, reject })
        worker.postMessage({ id, job } satisfies Request<Job>, transfer)
      }),
    close: () => end('closed'),
  }
}
