import type { Store } from '../../core/store.ts'
import type { DeviceKey } from '../../evidence/device-key.ts'
import type { KioskClock } from '../../outbox/kiosk-clock.ts'
import type { Outbox } from '../../outbox/outbox.ts'
import { type Claim, isEntry, type Result, type Status, type Stop, type View } from '../kiosk.ts'
import type { AheadTicket } from './ahead.ts'
import { CLAIM_MS, createClaimed, isToTryAgain, NOBODY } from './claimed.ts'
import type { Eye } from './eye.ts'
import { type Began, markOffline, markOnline } from './mark.ts'
import { createRecent, type Marked } from './recent.ts'
import type { KioskServer } from './server.ts'
import { createTickets, type NoTicket } from './tickets.ts'
import { type DoorWalk, startDoorWalk, type Walked } from './walk.ts'
import { createWatch } from './watch.ts'

/** A result with a person stays for so long, ms. */
export const RESULT_MS = 2_500
/** One that asks for something is there to be read: for so long at most, or until whoever it is for steps back, ms. */
const READ_MS = 6_000
/** Frames in a row in which somebody is near: she came, and did not only pass. */
const CAME = 2
/** Whoever stands there and need not walk steps back first, or waits this long, ms. */
const COOL_MS = 4_000
/** After a refusal, or once somebody stepped back, ms. */
const SHORT_COOL_MS = 500

export interface DoorOptions {
  readonly eye: Eye
  readonly server: KioskServer
  readonly outbox: Outbox
  readonly clock: KioskClock
  readonly ahead: AheadTicket
  readonly key: DeviceKey
  readonly view: Store<View>
  readonly status: Store<Status>
  /** ms, never set back, and goes on while the tablet sleeps. */
  steady(): number
  onResult(result: Result): void
  onAway(): void
  onShutOut(): void
  /** An event was kept, or could not be. */
  onKept(stop: Stop | null): void
}

export interface Door {
  /** Camera and networks are there, or a screen was closed: look who comes. */
  open(): void
  /** Nobody is taken from now on; whoever has done what she was asked is still marked. */
  close(): void
  /** The kiosk was shut out: nobody is marked any more, nor known. */
  shut(): void
  claim(claim: Claim): void
  /** Whoever stands there does not want to be taken just now. */
  rest(): void
  /** No walk, no result, nobody before the camera for a while. */
  isQuiet(): boolean
}

/** Looks who comes, walks with them, marks them. One person at a time. */
export function createDoor(options: DoorOptions): Door {
  const { eye, server, outbox, clock, ahead, key, view, status, steady } = options
  const recent = createRecent(steady)
  const tickets = createTickets({ server, ahead, outbox, clock, steady })
  const watch = createWatch(eye)
  const claimed = createClaimed(steady)
  let walk: DoorWalk | null = null
  let busy = false
  let coolUntil = 0
  let sawSomebody = performance.now()
  let closing = 0
  /** Whose walk is on does not want it, or nobody is marked any more. */
  let unwanted = false

  const isFree = () => ['idle', 'known'].includes(view.get().kind)
  const idle = (hint: Extract<View, { kind: 'idle' }>['hint'] = null) => {
    const [now, claim] = [view.get(), claimed.get()]
    if (now.kind === 'idle' && now.hint === hint && now.claim === claim) return
    if (isFree() || now.kind === 'walk' || now.kind === 'result') view.set({ kind: 'idle', hint, claim })
  }

  /** Idle: frames are looked at until somebody is near. */
  function look(): void {
    watch.stop()
    if (busy || !isFree()) return
    let near = 0
    watch.start((place) => {
      const now = performance.now()
      if (place !== 'nobody') sawSomebody = now
      claimed.saw(place !== 'nobody')
      near = place === 'near' ? near + 1 : 0
      if (place !== 'near') coolUntil = Math.min(coolUntil, now + SHORT_COOL_MS)
      if (now < coolUntil) return
      if (near >= CAME) void take()
      else if (place !== 'near')
        idle(place === 'two' ? 'wait' : place === 'coming' ? 'closer' : claimed.get() ? 'look' : null)
    })
  }

  async function goWithout(why: NoTicket, claim: Claim | null): Promise<void> {
    if (why === 'shut_out') options.onShutOut()
    else if (why === 'away') options.onAway()
    else if (why === 'no_tickets') options.onKept(why)
    else await finish({ kind: why }, [], claim)
  }

  /** Somebody is near. */
  async function take(): Promise<void> {
    const ready = eye.ready()
    const { online, stop } = status.get()
    // With a network nothing has to be kept here.
    if (ready === null || busy || (stop !== null && !online)) return
    const claim = claimed.get()
    watch.stop()
    if (!online && claim === null) return view.set({ kind: 'pick', byItself: true })
    busy = true
    unwanted = false
    const mine = closing
    try {
      const ticket = await tickets.take(online, claim)
      if (typeof ticket === 'string') return await (mine === closing ? goWithout(ticket, claim) : undefined)
      if (mine !== closing) return tickets.giveBack(ticket, online, claim)
      // When she came counts, not how long she took.
      const began = { stamp: clock.stamp(), now: clock.now() }
      const known: { one: Marked | null } = { one: null }
      walk = startDoorWalk({
        ...ready,
        ticket,
        key,
        isKnown(vector) {
          known.one = recent.find(vector, claim)
          return known.one !== null
        },
        onState: (state) => view.set({ kind: 'walk', state, claim }),
      })
      const walked = await walk.done
      walk = null
      if (walked.kind === 'sealed' && !unwanted) return await mark(online, walked, claim, began)
      // Also where the door was closed meanwhile: nobody has seen what it asks for.
      if ('shown' in walked && !walked.shown) tickets.giveBack(ticket, online, claim)
      if (mine !== closing || walked.kind === 'sealed') return
      if (walked.kind === 'broken') {
        console.error(walked.error)
        return eye.breakEngine()
      }
      if (walked.kind === 'too_large') return await finish({ kind: 'not_live' }, [], claim)
      // Whoever comes next must not go under this name.
      if (walked.kind === 'known' || walked.shown) claimed.set(null)
      if (walked.kind === 'left') return idle()
      coolUntil = performance.now() + COOL_MS
      view.set({ kind: 'known', name: known.one && 'name' in known.one ? known.one.name : null })
    } catch (error) {
      console.error(error)
      options.onKept('storage_failed')
    } finally {
      // She was there until now.
      ;[busy, walk, sawSomebody] = [false, null, performance.now()]
      if (view.get().kind === 'walk') view.set({ kind: 'idle', hint: null, claim: null })
      look()
    }
  }

  async function mark(
    online: boolean,
    { sealed, met, vectors }: Extract<Walked, { kind: 'sealed' }>,
    claim: Claim | null,
    began: Began,
  ): Promise<void> {
    if (!online) {
      const { timeZone } = status.get()
      const kept = await markOffline({ outbox, timeZone }, sealed, claim ?? NOBODY, began)
      if ('saved' in kept) {
        options.onKept(null)
        // The server judges that too, days later: she can try again now.
        return met ? finish(kept.saved, vectors, claim) : finish({ kind: 'not_live' }, [], claim)
      }
      options.onKept(kept.failed === 'full' ? 'storage_full' : 'storage_failed')
      return finish({ kind: 'not_saved' }, vectors, claim)
    }
    const result = await markOnline(server, sealed, claim?.nim ?? null)
    if (result === 'shut_out') return options.onShutOut()
    if (result === 'away') {
      options.onAway()
      return finish({ kind: 'retry' }, vectors, claim)
    }
    // The next one is asked for more; also after her NIM, for which another ticket was drawn.
    if (result.kind === 'not_live' || result.kind === 'unknown') ahead.drop()
    return finish(result, vectors, claim)
  }

  /** Shows a result for its time, unless the kiosk was shut out meanwhile. @param claim the one of this walk */
  async function finish(result: Result, vectors: readonly Float32Array[], claim: Claim | null): Promise<void> {
    if (view.get().kind === 'revoked') return
    // A name that was given while this walk's answer was waited for is of the next one.
    if (claimed.get() === claim) claimed.set(null)
    const isMarked = 'time' in result
    if (isMarked) recent.note(vectors, result, claim?.nim ?? null)
    ahead.refill()
    // She has gone on already, to her NIM or another screen: a refusal would only take it from her.
    if (!isMarked && (claimed.get() !== null || !['idle', 'known', 'walk'].includes(view.get().kind))) return
    const before = view.get()
    const behind = isEntry(before) ? before : null
    view.set({ kind: 'result', result, behind })
    options.onResult(result)
    const isShown = () => {
      const now = view.get()
      return now.kind === 'result' && now.result === result
    }
    const until = performance.now() + RESULT_MS
    const stays = !isMarked && (await watch.untilGone(RESULT_MS, READ_MS))
    // Also when the camera went meanwhile.
    const rest = until - performance.now()
    if (rest > 0 && isShown()) await new Promise((resolve) => setTimeout(resolve, rest))
    if (!isShown()) return
    if (!isMarked) coolUntil = performance.now() + SHORT_COOL_MS
    // Whoever is to try again, and has not moved, need not say again who she is.
    const again = stays && behind === null && isToTryAgain(result) ? claim : null
    if (again !== null) claimed.set(again)
    view.set(behind ?? { kind: 'idle', hint: null, claim: claimed.get() })
  }

  function close(): void {
    closing += 1
    watch.stop()
    walk?.cancel()
    claimed.set(null)
  }

  return {
    open: look,
    close,
    shut() {
      close()
      unwanted = true
      recent.clear()
    },
    claim(claim) {
      claimed.set(claim)
      coolUntil = 0
      view.set({ kind: 'idle', hint: 'look', claim })
      look()
      // Without a camera there is no frame to tell that her time is up.
      setTimeout(() => eye.ready() === null && view.get().kind === 'idle' && idle(), CLAIM_MS + 1)
    },
    rest() {
      unwanted = true
      coolUntil = performance.now() + COOL_MS
    },
    isQuiet: () => !busy && isFree() && claimed.get() === null && performance.now() - sawSomebody > 30_000,
  }
}
