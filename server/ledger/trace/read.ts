import { inflateRawSync } from 'node:zlib'
import { readWallClock } from '../../../shared/attendance/zone.ts'
import type { CheckTrace } from '../../../shared/contract/liveness.ts'
import { measureFrame } from '../../../shared/liveness/measure-frame.ts'
import type { Session } from '../../../shared/liveness/session.ts'
import { decodeTrace, type TraceFrame } from '../../../shared/liveness/trace.ts'
import { replaySession } from '../../../shared/liveness/verdict.ts'
import type { Deps } from '../../deps.ts'
import type { Vault } from '../../gallery/vault.ts'
import type { Entry } from '../store.ts'
import { type CheckRow, findCheck } from './store.ts'

/** What a trace may inflate to, bytes; nothing larger was let in. */
const MAX_TRACE = 1_500_000
/** Samples of a reply at most: a minute at twenty a second. */
const MOST_SAMPLES = 1200

const gone = () => ({ asked: [], rest: null, samples: [] })

/**
 * The liveness check of an attendance: the verdict, and while the trace is kept (and its key is not destroyed) what the replayed
 * reducer saw. That somebody looked at a trace is noted.
 */
export async function readCheckTrace(
  deps: Deps,
  vault: Vault,
  entry: Entry,
  by: { readonly userId: string; readonly ipAddress: string },
): Promise<CheckTrace> {
  const row = await findCheck(deps.db, entry.id)
  if (row === null) return { state: 'none', check: null, kept_until: null, ...gone() }
  const iso = (time: number) => readWallClock(time, deps.config.timeZone).iso
  const { result, reason, signals, challenges } = row
  const check = { result, reason, signals, challenges, at: iso(row.created_at) }
  const frames = row.trace_until < deps.now() ? null : await openTrace(vault, row)
  if (frames === null) return { state: 'gone', check, kept_until: null, ...gone() }
  await deps.audit.write([], { ...by, action: 'read_trace', entityType: 'absensi', entityId: entry.id })
  const plan = {
    challenges,
    slow: row.slow === 1,
    quick: row.purpose === null ? entry.method === 'kiosk' : row.purpose === 'identify',
  }
  const { end } = replaySession(frames, plan)
  return { state: 'kept', check, kept_until: iso(row.trace_until), ...describeSession(end), samples: sample(frames) }
}

async function openTrace(vault: Vault, { id, user_id, trace }: CheckRow): Promise<readonly TraceFrame[] | null> {
  if (user_id === null || trace === null) return null
  const sealed = new Uint8Array(trace)
  const plain = await vault.open({ kind: 'trace', userId: user_id, id, form: 'trace-1' }, sealed)
  return plain === null ? null : decodeTrace(inflateRawSync(plain, { maxOutputLength: MAX_TRACE }))
}

function describeSession({ met, plan, step, askedAt, attempt, rest }: Session): Pick<CheckTrace, 'asked' | 'rest'> {
  const done = met.map((one) => ({ name: one.name, at: one.promptedAt, met_at: one.metAt, attempt: one.attempt }))
  const open = plan.challenges[step]
  return {
    asked:
      open === undefined || askedAt === null ? done : [...done, { name: open, at: askedAt, met_at: null, attempt }],
    rest: rest && { ear: rest.openEar, smile: rest.smile, yaw: rest.yaw, pitch: rest.pitch },
  }
}

const round = (value: number) => Math.round(value * 1000) / 1000 || 0

function sample(frames: readonly TraceFrame[]): CheckTrace['samples'] {
  const every = Math.ceil(frames.length / MOST_SAMPLES)
  return frames.flatMap((frame, at) => {
    const seen = at % every === 0 && frame.faces === 1 ? measureFrame(frame) : null
    if (seen === null) return []
    const { ear, smile, pose } = seen
    return [{ t: frame.t, ear: round(ear), smile: round(smile), yaw: round(pose.yaw), pitch: round(pose.pitch) }]
  })
}
