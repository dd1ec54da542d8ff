import { accessSync, constants } from 'node:fs'
import { extname, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { CHALLENGE_NAMES, type ChallengeName } from '../../shared/liveness/challenges.ts'

export const USAGE = `npm run demo -- [--enrol CLIP] [--check-in CLIP] [--challenges ${CHALLENGE_NAMES.join(',')}] [--poses any] [--json]
  A student enrols and checks in by face in a real browser, against a fresh server that is thrown away.
  CLIP: mjpeg, y4m, webm or mp4, looped as the camera; without any, a puppet made of a photograph.
  --challenges  the kinds of challenge this student can be asked    --poses any  enrol without turning the head
  --json        one object on the last line: enrolled, receipt, verdict, stages (milliseconds)
  Exit: 0 recorded, 2 refused, 1 error.`

/** What was typed makes no sense; the message says what and ends with the usage. */
export class UsageProblem extends Error {}

export interface DemoOptions {
  /** Absolute paths; null: the puppet. */
  readonly enrol: string | null
  readonly checkIn: string | null
  /** The demo student's accommodation; null: all kinds. */
  readonly challenges: readonly ChallengeName[] | null
  readonly anyPose: boolean
  readonly json: boolean
}

const FORMATS: ReadonlySet<string> = new Set(['.mjpeg', '.mjpg', '.y4m', '.webm', '.mp4'])

function readClip(given: string | undefined, flag: string): string | null {
  if (given === undefined) return null
  const path = resolve(given)
  if (!FORMATS.has(extname(path).toLowerCase()))
    throw new UsageProblem(`${flag}: a clip is mjpeg, y4m, webm or mp4\n${USAGE}`)
  try {
    accessSync(path, constants.R_OK)
  } catch {
    throw new UsageProblem(`${flag}: no such file: ${given}\n${USAGE}`)
  }
  return path
}

function readChallenges(given: string | undefined): readonly ChallengeName[] | null {
  if (given === undefined) return null
  return given.split(',').map((text) => {
    const name = CHALLENGE_NAMES.find((known) => known === text.trim())
    if (!name) throw new UsageProblem(`--challenges: not one of ${CHALLENGE_NAMES.join(', ')}: ${text}\n${USAGE}`)
    return name
  })
}

/**
 * Reads the flags. With one clip only, it is the camera of both walks.
 * @throws UsageProblem
 */
export function readDemoOptions(args: readonly string[]): DemoOptions {
  const { values } = (() => {
    try {
      return parseArgs({
        args: [...args],
        options: {
          enrol: { type: 'string' },
          'check-in': { type: 'string' },
          challenges: { type: 'string' },
          poses: { type: 'string' },
          json: { type: 'boolean' },
        },
      })
    } catch (error) {
      throw new UsageProblem(`${error instanceof Error ? error.message : ''}\n${USAGE}`)
    }
  })()
  const { poses, json = false } = values
  if (poses !== undefined && poses !== 'any') throw new UsageProblem(`--poses: only "any"\n${USAGE}`)
  const [enrol, checkIn] = [readClip(values.enrol, '--enrol'), readClip(values['check-in'], '--check-in')]
  return {
    enrol: enrol ?? checkIn,
    checkIn: checkIn ?? enrol,
    challenges: readChallenges(values.challenges),
    anyPose: poses === 'any',
    json,
  }
}
