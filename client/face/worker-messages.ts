import { EngineProblem } from './engine-types.ts'

/** What goes to a worker: numbered, so that its reply finds its caller. */
export interface Request<Job> {
  readonly id: number
  readonly job: Job
}

/** What a worker says: bytes that arrived, a job's result, or why it failed. */
export type Reply<Result> =
  | { readonly loaded: number }
  | { readonly id: number; readonly result: Result }
  | { readonly id: number; readonly problem: EngineProblem['code']; readonly message: string }

/** A job's result and what of it moves instead of being copied. */
export interface Done<Result> {
  readonly result: Result
  readonly transfer?: Transferable[]
}

/** The part of a worker's own scope that is used here. */
interface Scope {
  postMessage(message: unknown, options: { transfer: Transferable[] }): void
  addEventListener(type: 'message', listener: (event: MessageEvent) => void): void
}

/**
 * Serves jobs inside a worker, strictly one after the other: a network is one resource.
 * @param work does a job; `tell` reports bytes that arrived meanwhile
 */
export function serveJobs<Job, Result>(work: (job: Job, tell: (bytes: number) => void) => Promise<Done<Result>>): void {
  const scope = globalThis as unknown as Scope
  const say = (reply: Reply<Result>, transfer: Transferable[] = []) => scope.postMessage(reply, { transfer })
  let before: Promise<void> = Promise.resolve()
  scope.addEventListener('message', ({ data }: MessageEvent<Request<Job>>) => {
    before = before.then(async () => {
      try {
        const { result, transfer } = await work(data.job, (loaded) => say({ loaded }))
        say({ id: data.id, result }, transfer)
      } catch (error) {
        const problem = error instanceof EngineProblem ? error.code : 'failed'
        say({ id: data.id, problem, message: String(error) })
      }
    })
  })
}
