import { z } from 'zod'
import { historyReply, submitReply, type submitRequest, todayReply } from '../../shared/contract/absensi.ts'
import {
  type activateRequest,
  type changePasswordRequest,
  type loginRequest,
  meReply,
  okReply,
  type TokensReply,
  tokensReply,
} from '../../shared/contract/auth.ts'
import { type SealedCapture, type Ticket, ticketReply, type ticketRequest } from '../../shared/contract/capture.ts'
import { consentReply } from '../../shared/contract/consents.ts'
import { deviceNonceReply, deviceReply, type registerDeviceRequest } from '../../shared/contract/devices.ts'
import { faceRegisterReply, faceStatusReply } from '../../shared/contract/face.ts'
import { healthReply } from '../../shared/contract/health.ts'
import { createTransport, type Transport, type TransportOptions } from './transport.ts'

export type MeReply = z.infer<typeof meReply>
export type OkReply = z.infer<typeof okReply>
export type ConsentReply = z.infer<typeof consentReply>
export type DeviceNonceReply = z.infer<typeof deviceNonceReply>
export type DeviceReply = z.infer<typeof deviceReply>
export type FaceRegisterReply = z.infer<typeof faceRegisterReply>
export type FaceStatusReply = z.infer<typeof faceStatusReply>
export type SubmitReply = z.infer<typeof submitReply>
export type TodayReply = z.infer<typeof todayReply>
export type HistoryReply = z.infer<typeof historyReply>
/** Where this device is: degrees (WGS 84) and metres. */
export type Place = NonNullable<z.input<typeof submitRequest>['location']>
export type HealthReply = z.infer<typeof healthReply>

/** The server, as the phone page sees it. Every method throws `ApiProblem` and nothing else (or the abort reason). */
export interface Api {
  login(request: z.input<typeof loginRequest>): Promise<TokensReply>
  activate(request: z.input<typeof activateRequest>): Promise<TokensReply>
  /** A session from the cookie alone, at the start of a visit. */
  refresh(): Promise<TokensReply>
  /** Ends the session on the server; the token here is dropped even when the server cannot be reached. */
  logout(): Promise<void>
  /** Ends every session of the person, on every device. */
  logoutEverywhere(): Promise<void>
  /** Other sessions end; this one goes on with the reply's token. */
  changePassword(request: z.input<typeof changePasswordRequest>): Promise<TokensReply>
  /** Any other row of the contract: screens that are fetched later bring their own schemas. */
  readonly send: Transport['send']
  me(): Promise<MeReply>
  consent(): Promise<ConsentReply>
  giveConsent(version: string): Promise<ConsentReply>
  deviceNonce(signal?: AbortSignal): Promise<DeviceNonceReply>
  registerDevice(request: z.input<typeof registerDeviceRequest>, signal?: AbortSignal): Promise<DeviceReply>
  ticket(request: z.input<typeof ticketRequest>, signal?: AbortSignal): Promise<Ticket>
  /** `location`: only when its owner agreed to send it. */
  submit(capture: SealedCapture, signal?: AbortSignal, location?: Place): Promise<SubmitReply>
  register(capture: SealedCapture, signal?: AbortSignal): Promise<FaceRegisterReply>
  faceStatus(): Promise<FaceStatusReply>
  unregister(): Promise<OkReply>
  today(): Promise<TodayReply>
  /** The newest of her records. */
  lastRecord(): Promise<HistoryReply>
  health(): Promise<HealthReply>
}

export interface ApiOptions {
  readonly fetch?: typeof fetch
  readonly language?: () => string
  readonly onSignedOut: () => void
  readonly onRenewed?: TransportOptions['onRenewed']
  /** Milliseconds; 20 s by default: a school's uplink is slow, and a password hash waits its turn. */
  readonly timeout?: number
}

/** Any JSON object: for replies whose content nobody reads. */
const anything = z.unknown()

/** The typed client of /api/v1: every reply is parsed with the shared contract before anyone sees it. */
export function createApi(options: ApiOptions): Api {
  const { send, keep, refresh, forget } = createTransport({
    fetch: options.fetch ?? ((...args) => globalThis.fetch(...args)),
    language: options.language ?? (() => 'id'),
    onSignedOut: options.onSignedOut,
    ...(options.onRenewed ? { onRenewed: options.onRenewed } : {}),
    timeout: options.timeout ?? 20_000,
  })
  const get = <T>(path: string, reply: z.ZodType<T>) => send({ method: 'GET', path, reply })
  const post = <T>(path: string, body: unknown, reply: z.ZodType<T>, signal?: AbortSignal) =>
    send({ method: 'POST', path, body, reply, ...(signal ? { signal } : {}) })
  const signIn = async (path: string, body: unknown) =>
    keep(await send({ method: 'POST', path, body, reply: tokensReply, auth: 'none' }))

  return {
    login: (request) => signIn('auth/login', request),
    activate: (request) => signIn('auth/activate', request),
    refresh,
    async logout() {
      try {
        await post('auth/logout', {}, anything)
      } finally {
        forget()
      }
    },
    async logoutEverywhere() {
      await post('auth/logout-everywhere', {}, okReply)
      forget()
    },
    changePassword: async (request) =>
      keep(await send({ method: 'PUT', path: 'auth/change-password', body: request, reply: tokensReply })),
    send,
    me: () => get('auth/me', meReply),
    consent: () => get('consents', consentReply),
    giveConsent: (version) => post('consents', { version }, consentReply),
    deviceNonce: (signal) => post('devices/nonce', {}, deviceNonceReply, signal),
    registerDevice: (request, signal) => post('devices', request, deviceReply, signal),
    ticket: (request, signal) => post('face/tickets', request, ticketReply, signal),
    submit: (capture, signal, location) =>
      post('absensi/submit', location ? { ...capture, location } : capture, submitReply, signal),
    register: (capture, signal) => post('face/register', capture, faceRegisterReply, signal),
    faceStatus: () => get('face/status', faceStatusReply),
    unregister: () => send({ method: 'DELETE', path: 'face/unregister', reply: okReply }),
    today: () => get('absensi/today', todayReply),
    lastRecord: () => get('absensi/history?limit=1', historyReply),
    health: () => send({ method: 'GET', path: 'health', reply: healthReply, auth: 'none' }),
  }
}
