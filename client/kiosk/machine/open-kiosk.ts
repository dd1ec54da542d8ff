import { createSteadyClock } from '../../core/steady-clock.ts'
import { createStore } from '../../core/store.ts'
import { openDeviceKey } from '../../evidence/device-key.ts'
import { createDrain } from '../../outbox/drain.ts'
import { askForSync, listenForDrain } from '../../outbox/drain-events.ts'
import { createDrainLoop } from '../../outbox/drain-loop.ts'
import { createKioskClock } from '../../outbox/kiosk-clock.ts'
import type { HeartbeatReply } from '../../outbox/kiosk-state.ts'
import { openOutbox } from '../../outbox/outbox.ts'
import { askToPersist } from '../../outbox/persist.ts'
import { keep, readKept } from '../kept.ts'
import { EMPTY_STATUS, type Kiosk, type Result, type Status, type Stop, type View } from '../kiosk.ts'
import { createAheadTicket } from './ahead.ts'
import { createDoor, type Door } from './door.ts'
import { type Eye, openEye } from './eye.ts'
import { createLeave } from './leave.ts'
import { createPairing, readPairing } from './pairing.ts'
import { createPinCheck } from './pin.ts'
import { createKioskServer } from './server.ts'
import { createSignedCalls } from './signed-calls.ts'
import { createStaff } from './staff.ts'
import { createStatusKeeper } from './status-keeper.ts'
import { startUpkeep } from './upkeep.ts'

/** The kiosk, and what only the page around it needs. */
export interface OpenedKiosk extends Kiosk {
  /** Nobody is here: a new version may be put in place. */
  isQuiet(): boolean
}

/** Uniform in 0 <= x < 1, for the back-off. */
const random = () => (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) / 2 ** 32

/**
 * Opens the kiosk: key, storage, line to the server, pairing, and once paired upkeep, drain, camera and door. Nothing of it
 * ends before the page does, except by revocation.
 */
export async function openKiosk(options: {
  language(): string
  /** Names the build, for the console's list. */
  readonly version: string
  onResult(result: Result): void
}): Promise<OpenedKiosk> {
  const view = createStore<View>({ kind: 'starting' })
  const status = createStore<Status>(EMPTY_STATUS)
  const key = await openDeviceKey('kiosk')
  const outbox = openOutbox(key.id)
  const [monotonic, wall] = [() => performance.now(), () => Date.now()]
  const clock = createKioskClock(monotonic, wall)
  const steady = createSteadyClock(monotonic, wall)
  const calls = createSignedCalls(key, options.language)
  const server = createKioskServer(calls, key)
  const ahead = createAheadTicket(server, steady, () => void shutOut())
  const pin = createPinCheck(wall)
  let door: Door | null = null
  let eye: Eye | null = null
  let upkeep: ReturnType<typeof startUpkeep> | null = null
  let listening = false
  /** The last heartbeat was answered, but with nothing this page understands: the server is there, and newer. */
  let misread = false

  const { count, change, take: readBeat } = createStatusKeeper(status, outbox, clock)
  const take = (reply: HeartbeatReply) => {
    pin.set(reply.pin)
    readBeat(reply)
  }

  async function shutOut(): Promise<void> {
    door?.shut()
    eye?.stop()
    upkeep?.stop()
    ;[door, eye, upkeep] = [null, null, null]
    ahead.drop()
    // Let in again, it is online anew, and sends what waits.
    change({ camera: null, online: false })
    pairing.shutOut()
    await outbox.forget().catch(console.error)
    // What was captured before still goes to the server, for review.
    loop.nudge()
    await count()
  }

  const drain = createDrain({
    events: outbox.events,
    post: (body) => calls.post('kiosk/events', body),
    now: () => clock.now().ms,
    heard: (token) => {
      clock.heard(token, null)
      outbox.state.saveTimeToken(token).catch(console.error)
    },
    settled: () => void count(),
  })
  const loop = createDrainLoop({
    run: drain.run,
    random,
    timer: (ms, call) => {
      const id = setTimeout(call, ms)
      return () => clearTimeout(id)
    },
    onOutcome: () => void count(),
  })

  const listen = () => {
    if (!listening) listenForDrain(loop)
    listening = true
  }
  const away = () => change({ online: false })

  function start(): void {
    void askToPersist()
    listen()
    view.set({ kind: 'idle', hint: null, claim: null })
    eye = openEye({
      cameraId: readKept('camera'),
      isFree: () => view.get().kind === 'idle',
      onCamera: (camera, cameraTrouble) => {
        change({ camera, cameraTrouble })
        // One that stands in for the chosen one is no choice.
        if (camera && readKept('camera') === null) keep('camera', camera.deviceId)
      },
      onLoaded: (loaded) => change({ loaded }),
      onReady: () => door?.open(),
      onGone: () => {
        door?.close()
        // Nor is her name kept, whose turn it was.
        if (['walk', 'known', 'idle'].includes(view.get().kind)) view.set({ kind: 'idle', hint: null, claim: null })
      },
    })
    door = createDoor({
      ...{ eye, server, outbox, clock, ahead, key, view, status, steady },
      onResult: options.onResult,
      onAway: () => {
        away()
        upkeep?.beat()
      },
      onShutOut: () => void shutOut(),
      onKept: (stop: Stop | null) => {
        change({ stop })
        void count()
        if (stop === null) loop.appended()
      },
    })
    upkeep = startUpkeep({
      ...{ server, outbox, clock, version: options.version },
      onBeat: (reply) => {
        const came = !status.get().online
        misread = false
        take(reply)
        change({ online: true, ...(status.get().stop === 'no_tickets' ? { stop: null } : {}) })
        if (came) loop.nudge()
        ahead.refill()
      },
      onAway: (answered) => {
        misread = answered
        away()
      },
      onShutOut: () => void shutOut(),
      onStock: () => void count(),
    })
  }

  const pairing = createPairing({ server, keyId: key.id, view, onPaired: start })
  window.addEventListener('offline', away)
  window.addEventListener('online', () => upkeep?.beat())
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) upkeep?.beat()
    // About to be closed, perhaps: then the browser is to send what waits.
    else if (status.get().queue > 0) void askForSync()
  })
  // A ticket drawn ahead grows old while nobody comes.
  setInterval(() => {
    if (status.get().online && view.get().kind === 'idle' && !document.hidden) ahead.refill()
  }, 5_000)

  const shut = (refused: boolean) => view.set({ kind: 'revoked', refused })
  const leave = createLeave({
    ...{ run: drain.run, events: outbox.events, isIn: () => door !== null, onLeaves: () => pairing.stop() },
    isWanted: () => !pin.isSet() || view.get().kind === 'pin',
    async onStays(refused) {
      // The screen says how much that is.
      await count()
      if (refused || view.get().kind === 'pin') shut(refused)
      loop.nudge()
    },
  })
  const staff = createStaff({ view, pin, lose: () => void leave(true) })

  const idle = () => {
    view.set({ kind: 'idle', hint: null, claim: null })
    door?.open()
  }
  const cancel = (rest = true) => {
    // The PIN of a kiosk that was shut out was asked for.
    if (door === null) return shut(true)
    door?.close()
    if (rest) door?.rest()
    idle()
  }

  async function begin(): Promise<void> {
    const kept = await outbox.state.heartbeat().catch(() => null)
    const token = await outbox.state.timeToken().catch(() => null)
    pin.set(await outbox.state.pin().catch(() => null))
    if (kept) take(kept)
    if (token !== null) clock.restore(token)
    const state = readPairing(key.id)
    if (state === 'paired') start()
    else if (state === 'waiting') pairing.wait()
    else if (state === 'revoked') {
      listen()
      pairing.shutOut(0)
      // It may have been closed before all of it was gone.
      await outbox.forget().catch(console.error)
    } else view.set({ kind: 'code', busy: false, problem: null })
    await count()
  }
  void begin()

  return {
    view,
    status,
    now: () => clock.now().ms,
    // Loaded again without network, the kiosk would not know how old its time token is.
    isQuiet: () =>
      ['code', 'revoked'].includes(view.get().kind) || ((status.get().online || misread) && (door?.isQuiet() ?? false)),
    pair: (code) => void pairing.pair(code),
    pairAnew: async (lose = false) => (lose ? staff.ask('lose') : leave(false)),
    typeNim() {
      door?.close()
      view.set({ kind: 'nim' })
    },
    choose() {
      door?.close()
      view.set({ kind: 'pick' })
    },
    claim: (claim) => door?.claim(claim),
    cancel,
    kelas: () => outbox.roster.kelas(),
    inKelas: (kelas) => outbox.roster.inKelas(kelas),
    openSettings() {
      door?.close()
      staff.ask('settings')
    },
    tryPin: (typed) => void staff.tryPin(typed),
    pickCamera(deviceId) {
      keep('camera', deviceId)
      eye?.pick(deviceId)
    },
  }
}
