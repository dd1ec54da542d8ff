import type { Failure } from '../check-in/walk-state.ts'
import type { FailureText } from './failures-id.ts'

/** English. */
export const failuresEn: Readonly<Record<Failure, FailureText>> = {
  insecure: {
    title: 'This address is not secure',
    body: 'A camera may only be used at an address that begins with https://. Ask your school for the right address and open that one.',
  },
  none: {
    title: 'No camera found',
    body: 'Connect or switch on a camera, then try again. No camera at all? Ask your teacher to mark you present.',
  },
  denied: {
    title: 'The camera is not allowed yet',
    body: 'Your browser blocks the camera for this page. Allow it with these steps, then try again.',
  },
  busy: {
    title: 'The camera is in use',
    body: 'Another app is using the camera. Close video calls and camera apps, then try again.',
  },
  lost: {
    title: 'The camera stopped',
    body: 'No more pictures came from the camera. Keep this page open on the screen and try again.',
  },
  unsupported: {
    title: 'This browser cannot do it yet',
    body: 'This browser cannot open a camera. Update it, or use a recent Chrome, Firefox or Safari.',
  },
  no_engine: {
    title: 'This phone cannot process pictures',
    body: 'This browser has neither WebGL nor WebAssembly. Update it or use another device. For today, ask your teacher to mark you present.',
  },
  engine_failed: {
    title: 'Face processing stopped',
    body: 'Close other apps to free memory, reload this page, and try again.',
  },
  no_network: {
    title: 'No network',
    body: 'The school server cannot be reached. Check Wi‑Fi or mobile data, then try again.',
  },
  no_challenge_met: {
    title: 'Face or movement not seen',
    body: 'Hold the phone at eye level, face the light, and make each movement clearly when asked. Is a movement hard for you? Your school can change which ones you are asked for.',
  },
  no_good_shot: {
    title: 'The pictures were not clear enough',
    body: 'Find even light from the front, wipe the lens, take off a mask and hold the phone still for a moment. Then try again.',
  },
  not_live: {
    title: 'We could not be sure',
    body: 'Try in even light, without a mask, with the phone at eye level, and make each movement when asked. Still no luck? Ask your teacher to mark you present.',
  },
  not_matched: {
    title: 'The face does not match this account',
    body: 'Make sure this is your own account. Take off a mask or dark glasses, face the light and try again. If you look very different now, enrol your face again. Your teacher can mark you present, too.',
  },
  poor_shots: {
    title: 'The pictures will not do yet',
    body: 'They are not clear enough or too different from one another. Try again, alone in front of the camera, in good light.',
  },
  waiting_for_review: {
    title: 'Waiting to be checked',
    body: 'School staff need to look at your enrolment. Please see them; after that you can check in as usual.',
  },
  device_pending: {
    title: 'This phone is waiting for approval',
    body: 'Ask the school admin to approve this phone. One that is approved already can still be used.',
  },
  wrong_device: {
    title: 'This phone does not belong to this account',
    body: 'You can only check in from the phone registered to you. Use your own phone, or ask the school admin to move it.',
  },
  ticket_expired: {
    title: 'Time is up',
    body: 'Each check-in has a time limit. Start again; it usually takes half a minute.',
  },
  ticket_spent: {
    title: 'This attempt was already used',
    body: 'Every attempt counts once. Start again to get a new one.',
  },
  consent_required: {
    title: 'Your consent is needed',
    body: 'Please read and agree to how face data is used. Without it the camera stays off.',
  },
  closed: {
    title: 'The session is closed',
    body: 'Outside its hours nothing is recorded. If you are present, see the teacher on duty to be marked.',
  },
  slow_down: {
    title: 'Too many attempts',
    body: 'Please wait a moment before trying again. This protects your account.',
  },
  unauthenticated: {
    title: 'Please sign in again',
    body: 'Your session has ended. Sign in with your NIM and password.',
  },
  wrong_credentials: {
    title: 'Wrong NIM or password',
    body: 'Check both. No password yet? Activate your account with the code from your school.',
  },
  wrong_code: {
    title: 'The code is not valid',
    body: 'Check the NIM and the code. A code lasts 14 days and works once; ask your school for a new one if needed.',
  },
  weak_password: {
    title: 'Choose another password',
    body: 'Use at least 8 characters with at least one letter and one digit, and none that everybody tries first, like "password1".',
  },
  forbidden: { title: 'Not allowed for this account', body: 'Your account may not do this. Ask the school admin.' },
  confirm_password: { title: 'Password needed', body: 'Give your password once more to go on.' },
  registration_closed: {
    title: 'Accounts come from the school',
    body: 'Ask the school office for an activation code.',
  },
  outside: {
    title: 'Not at the place',
    body: 'This session is taken at its place only. Go there, allow the location, and try again; or see your teacher.',
  },
  not_found: { title: 'Not found', body: 'What you were looking for is gone. Go back to the start.' },
  conflict: {
    title: 'Something changed',
    body: 'The data was just changed elsewhere. Go back to the start and have a look.',
  },
  bad_request: { title: 'This page is out of date', body: 'Reload this page and try again.' },
  bad_capture: {
    title: 'The server could not read the data',
    body: 'Reload this page and try again. Check your network, too.',
  },
  too_large: { title: 'Too much data', body: 'Reload this page and try again with shorter movements.' },
  internal: {
    title: 'Something went wrong',
    body: 'It is not your fault. Try again; if it keeps happening, tell the school admin.',
  },
  unavailable: {
    title: 'The server is busy',
    body: 'The school server cannot answer yet. Wait a moment, then try again.',
  },
}
