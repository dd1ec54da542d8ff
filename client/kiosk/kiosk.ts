import type { z } from 'zod'
import type { Status as Attended } from '../../shared/contract/absensi.ts'
import type { kioskDaySchema } from '../../shared/contract/kiosk-offline.ts'
import type { Camera, CameraTrouble } from '../camera/camera-types.ts'
import type { WalkState } from '../check-in/walk-state.ts'
import type { ApiCode } from '../core/api-problem.ts'
import type { Store } from '../core/store.ts'
import type { RosterRow } from '../outbox/kiosk-database.ts'
import type { DayResults } from '../outbox/late-results.ts'

export type KioskDay = z.output<typeof kioskDaySchema>

/** Whom somebody says to be: by NIM, or by picking her name offline. `name` is what the roster says. */
export interface Claim {
  readonly nim: string | null
  readonly name: string | null
  readonly kelas: string | null
}

/** What a walk ended with; each is a screen of its own. */
export type Result =
  | {
      readonly kind: 'recorded' | 'late' | 'already' | 'left'
      readonly name: string
      readonly kelas: string | null
      readonly status: Attended
      /** HH:MM on the school's wall: when she came, of `left` when she went. */
      readonly time: string
      readonly lateMinutes: number
      /** A person will look at it. */
      readonly review: boolean
    }
  /** Known, and marked otherwise than present by a person: only a teacher changes that. */
  | { readonly kind: 'absent'; readonly name: string; readonly kelas: string | null; readonly status: Attended }
  /** Kept without network: the claimed name, never a recognised one. */
  | { readonly kind: 'provisional'; readonly claim: Claim; readonly time: string; readonly clockKnown: boolean }
  | { readonly kind: Trouble }

/** Results without a person. `retry`: no clear answer came, and nobody knows whether it was recorded. */
export type Trouble =
  | 'unknown'
  | 'ambiguous'
  | 'not_live'
  | 'not_yours'
  | 'holiday'
  | 'closed'
  | 'slow'
  | 'retry'
  | 'not_saved'
  /** Without network: no ticket is left that asks for what she can do. */
  | 'no_fit'

/** Why nobody is taken just now, though the kiosk runs. */
export type Stop = 'no_tickets' | 'storage_full' | 'storage_failed'

/** What the screen shows. Anything about a person ends with her walk. */
export type View =
  | { readonly kind: 'starting' }
  | { readonly kind: 'code'; readonly busy: boolean; readonly problem: ApiCode | 'insecure' | null }
  | { readonly kind: 'fingerprint'; readonly fingerprint: string }
  /** `refused`: the server does not take what waits here either; a new pairing would lose it. */
  | { readonly kind: 'revoked'; readonly refused: boolean }
  /** Key or storage could not be opened, or part of the program not be fetched. */
  | { readonly kind: 'broken' }
  /** `wait`: two faces are equally near. */
  | { readonly kind: 'idle'; readonly hint: 'wait' | 'closer' | 'look' | null; readonly claim: Claim | null }
  /** Whoever stands there was marked a moment ago: the name the server gave her then, null for what was kept without network. */
  | { readonly kind: 'known'; readonly name: string | null }
  | { readonly kind: 'nim' }
  /** `byItself`: somebody came, and nobody asked for it. */
  | { readonly kind: 'pick'; readonly byItself?: boolean }
  | { readonly kind: 'walk'; readonly state: WalkState; readonly claim: Claim | null }
  /** `behind`: what somebody else was at when the answer came; it comes back. */
  | { readonly kind: 'result'; readonly result: Result; readonly behind?: Entry | null }
  /** `opens`: what it is before; `tries`: how many wrong ones since the screen came. */
  | {
      readonly kind: 'pin'
      readonly opens: 'settings' | 'lose'
      readonly problem: 'wrong' | 'locked' | null
      readonly tries: number
    }
  | { readonly kind: 'settings' }

/** Screens in which somebody types or chooses. */
export type Entry = Extract<View, { kind: 'nim' | 'pick' | 'pin' | 'settings' }>
export const isEntry = (view: View): view is Entry => ['nim', 'pick', 'pin', 'settings'].includes(view.kind)

/** How the kiosk is, for the idle screen and the settings. */
export interface Status {
  readonly online: boolean
  readonly school: string
  readonly label: string
  readonly room: string
  readonly kelas: readonly string[] | null
  readonly timeZone: string
  /** Whether the time is the server's, not what the tablet believes. */
  readonly clockKnown: boolean
  readonly lab: boolean
  readonly days: readonly KioskDay[]
  readonly queue: number
  /** When the oldest waiting event was captured, ISO 8601. */
  readonly oldest: string | null
  readonly stock: number
  readonly stockTarget: number
  readonly late: readonly DayResults[]
  readonly stop: Stop | null
  readonly camera: Camera | null
  readonly cameraTrouble: CameraTrouble | null
  /** The networks, 0..1; null: they could not be had. */
  readonly loaded: number | null
  readonly hasPin: boolean
}

export type RosterEntry = RosterRow

/** The kiosk as its screens see it. */
export interface Kiosk {
  readonly view: Store<View>
  readonly status: Store<Status>
  /** The school's time as far as known, ms since 1970. */
  now(): number
  pair(code: string): void
  /**
   * Sends what waits, forgets this pairing (waiting, or revoked) and asks for a code; nothing of it while something waits.
   * Resolves when it is known whether it stays.
   * @param lose what waits may be lost, where the server does not take it from this kiosk; asks for the staff PIN
   */
  pairAnew(lose?: boolean): Promise<void>
  typeNim(): void
  /** Offline: choose who comes. */
  choose(): void
  claim(claim: Claim): void
  /** Back to idle, whatever is on. @param rest whoever stands there does not want to be taken just now; the usual */
  cancel(rest?: boolean): void
  kelas(): Promise<string[]>
  inKelas(kelas: string): Promise<RosterEntry[]>
  openSettings(): void
  tryPin(pin: string): void
  pickCamera(deviceId: string): void
}

export const EMPTY_STATUS: Status = {
  online: false,
  school: '',
  label: '',
  room: '',
  kelas: null,
  timeZone: 'Asia/Jakarta',
  clockKnown: true,
  lab: false,
  days: [],
  queue: 0,
  oldest: null,
  stock: 0,
  stockTarget: 0,
  late: [],
  stop: null,
  camera: null,
  cameraTrouble: null,
  loaded: 0,
  hasPin: false,
}
