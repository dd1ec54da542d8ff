import type { Failure } from '../check-in/walk-state.ts'
import type { IconName } from '../ui/icon.tsx'

/** What the failure screen's main button does. Every screen offers the way home beside it. */
export type NextStep = 'retry' | 'home' | 'sign-in' | 'consent' | 'reload'

interface FailureCard {
  readonly icon: IconName
  readonly next: NextStep
  /** A link to the enrolled face: enrolling again may help. */
  readonly face?: true
}

const retry = (icon: IconName): FailureCard => ({ icon, next: 'retry' })

/** Every failure with its drawing and its next step; the words are in core/failures-*.ts. */
export const FAILURES: Readonly<Record<Failure, FailureCard>> = {
  insecure: { icon: 'warn', next: 'home' },
  none: retry('camera-off'),
  denied: retry('camera-off'),
  busy: retry('camera-off'),
  lost: retry('camera-off'),
  unsupported: { icon: 'camera-off', next: 'home' },
  no_engine: { icon: 'phone', next: 'home' },
  engine_failed: { icon: 'phone', next: 'reload' },
  no_network: retry('network-off'),
  no_challenge_met: retry('face'),
  no_good_shot: retry('face'),
  not_live: retry('face'),
  not_matched: { icon: 'face', next: 'retry', face: true },
  poor_shots: retry('face'),
  waiting_for_review: { icon: 'clock', next: 'home' },
  device_pending: { icon: 'phone', next: 'home' },
  wrong_device: { icon: 'phone', next: 'home' },
  ticket_expired: retry('clock'),
  ticket_spent: retry('clock'),
  consent_required: { icon: 'paper', next: 'consent' },
  closed: { icon: 'clock', next: 'home' },
  slow_down: retry('clock'),
  unauthenticated: { icon: 'lock', next: 'sign-in' },
  wrong_credentials: { icon: 'lock', next: 'sign-in' },
  wrong_code: { icon: 'lock', next: 'sign-in' },
  weak_password: { icon: 'lock', next: 'home' },
  forbidden: { icon: 'lock', next: 'home' },
  confirm_password: { icon: 'lock', next: 'home' },
  registration_closed: { icon: 'lock', next: 'home' },
  outside: { icon: 'info', next: 'retry' },
  not_found: { icon: 'info', next: 'home' },
  conflict: { icon: 'info', next: 'home' },
  bad_request: { icon: 'warn', next: 'reload' },
  bad_capture: { icon: 'warn', next: 'reload' },
  too_large: { icon: 'warn', next: 'reload' },
  internal: retry('warn'),
  unavailable: retry('network'),
}
