import { CameraProblem, type CameraTrouble } from './camera-types.ts'

/** The names `getUserMedia` fails with (Media Capture and Streams, 10.3; the last of each line: older browsers'). */
const TROUBLES: Readonly<Record<string, CameraTrouble>> = {
  NotAllowedError: 'denied',
  SecurityError: 'denied',
  PermissionDeniedError: 'denied',
  NotFoundError: 'none',
  OverconstrainedError: 'none',
  DevicesNotFoundError: 'none',
  NotReadableError: 'busy',
  AbortError: 'busy',
  TrackStartError: 'busy',
}

/** What a failure of `getUserMedia` means to the person in front of it. */
export function cameraProblem(error: unknown): CameraProblem {
  if (error instanceof CameraProblem) return error
  const name = error instanceof Error ? error.name : ''
  return new CameraProblem(TROUBLES[name] ?? 'unsupported', error)
}

/**
 * Why no camera can be asked for at all, or null: a page that came over plain HTTP from another machine has no
 * `mediaDevices`, and that must not look like a missing camera.
 */
export function troubleBefore(scope: { isSecureContext: boolean; hasDevices: boolean }): CameraTrouble | null {
  if (!scope.isSecureContext) return 'insecure'
  return scope.hasDevices ? null : 'unsupported'
}
