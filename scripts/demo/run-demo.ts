import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { z } from 'zod'
import { type BuiltServer, startBuiltServer } from '../../client/e2e/harness/built-server.ts'
import { makeFolder } from '../../client/e2e/harness/folder.ts'
import { openPhone, type Phone } from '../../client/e2e/harness/open-phone.ts'
import { activate, checkIn, enrol, finish, type Outcome, returnHome } from '../../client/e2e/harness/person.ts'
import { readRecording, timeStages } from '../../client/e2e/harness/stages.ts'
import { watchVerdicts } from '../../client/e2e/harness/verdicts.ts'
import type { StandIn } from '../../client/e2e/puppet/puppet-camera.ts'
import type { verdictSchema } from '../../shared/contract/liveness.ts'
import type { DemoOptions } from './demo-options.ts'

/** What the demo has to say at its end. */
export interface DemoResult {
  readonly enrolled: boolean
  readonly receipt:
    | { readonly status: string; readonly grade: string; readonly duplicate: boolean }
    | { readonly code: string }
  /** The verdict on the check-in; null when nothing was sent to be judged. */
  readonly verdict: z.infer<typeof verdictSchema> | null
  /** Milliseconds by stage; a stage that came several times is summed. */
  readonly stages: Readonly<Record<string, number>>
}

/** Told as it happens. */
export interface DemoListener {
  say(line: string): void
  stage(name: string, ms: number): void
}

const NIM = 'DEMO-1'
const NAME = 'Siswa Contoh'

/** Measures one step, tells it, and adds it up. */
function createClock(listener: DemoListener) {
  const stages: Record<string, number> = {}
  const add = (name: string, ms: number) => {
    stages[name] = (stages[name] ?? 0) + Math.round(ms)
    listener.stage(name, Math.round(ms))
  }
  return {
    stages,
    add,
    async time<T>(name: string, work: () => Promise<T>): Promise<T> {
      const start = performance.now()
      const result = await work()
      add(name, performance.now() - start)
      return result
    },
  }
}

const standInFor = (clip: string | null): StandIn => (clip === null ? { puppet: 'a' } : { clip })

const describeOutcome = (outcome: Outcome) => (outcome.kind === 'failure' ? outcome.code : outcome.kind)

const receiptOf = (outcome: Outcome): DemoResult['receipt'] => {
  if (outcome.kind === 'failure') return { code: outcome.code }
  if (outcome.kind === 'receipt') {
    const { status, grade, duplicate } = outcome
    return { status, grade, duplicate }
  }
  throw new Error('the walk ended without a receipt')
}

/**
 * The whole walk, on a fresh server and in a real browser: a student is added, activates the account, enrols, checks in.
 * Everything it makes is removed.
 * @param closing gets what has to be closed, for whoever is interrupted; each may be called twice
 */
export async function runDemo(
  options: DemoOptions,
  listener: DemoListener,
  closing: (close: () => Promise<void>) => void,
): Promise<DemoResult> {
  const clock = createClock(listener)
  const folder = await makeFolder('demo-')
  closing(folder.remove)
  const server: BuiltServer = await clock.time('server', () => startBuiltServer({ profile: 'lab', tell: listener.say }))
  closing(server.stop)
  const profile = join(folder.path, 'profile')
  const open = async (clip: string | null): Promise<Phone> => {
    if (clip === null) listener.say('The puppet is made once, which takes a minute; then it is kept.')
    const phone = await clock.time('browser', () => openPhone(standInFor(clip), { profile }))
    closing(phone.close)
    return phone
  }
  const walk = async (phone: Phone, name: string, steps: () => Promise<Outcome>): Promise<Outcome> => {
    const before = (await readRecording(phone.page)).stages.length
    const outcome = await steps()
    const timed = timeStages((await readRecording(phone.page)).stages.slice(before))
    for (const stage of timed) clock.add(`${name}: ${stage.name}`, stage.ms)
    return outcome
  }

  const password = `a1${randomBytes(12).toString('base64url')}`
  const { challenges, anyPose } = options
  const code = await clock.time('student added', () =>
    server.addStudent({
      nim: NIM,
      name: NAME,
      ...(challenges ? { challenges } : {}),
      ...(anyPose ? { poses: 'any' } : {}),
    }),
  )
  let phone = await open(options.enrol)
  await clock.time('account activated', () => activate(phone.page, server.origin, { nim: NIM, code, password }))
  const enrolment = await walk(phone, 'enrol', () => enrol(phone.page))
  const enrolled = enrolment.kind === 'enrolled'
  // A student whose enrolment was refused may still stand before the camera: the verdict on her is told all the same.
  if (!enrolled) listener.say(`Not enrolled: ${describeOutcome(enrolment)}`)
  if (options.checkIn === options.enrol && enrolled) await finish(phone.page)
  if (options.checkIn !== options.enrol) {
    // Another camera means another start of the browser; device key and sign-in stay in its profile.
    await phone.close()
    phone = await open(options.checkIn)
    await clock.time('back home', () => returnHome(phone.page, server.origin, { nim: NIM, password }))
  }
  const verdicts = watchVerdicts(phone.page)
  const outcome = await walk(phone, 'check-in', () => checkIn(phone.page))
  return { enrolled, receipt: receiptOf(outcome), verdict: await verdicts.last(), stages: clock.stages }
}
