import { type ConsentText, whole } from './consent-id.ts'

/** English. */
export const consentEn: ConsentText = {
  title: 'Before the camera comes on',
  lead: 'Checking in by face uses data about your face. Read what that means first; it is your choice.',
  sections: [
    {
      title: 'What is taken',
      points: [
        'A row of numbers that describes your face, computed on this device.',
        'How points of your face, the light and your skin colour change for a few seconds, as evidence that a person is there.',
        'The time, the kind of device, the camera’s name and the network address.',
        'If a session asks for your location and you send it: how far you are from the session’s place, and how exact that is.',
      ],
    },
    {
      title: 'What is not taken',
      points: [
        'Pictures and video never leave this device. Sound is not recorded.',
        'Where you are is not kept: of a location you send, only the distance is.',
      ],
    },
    {
      title: 'Where it is kept',
      points: [
        'On your school’s server, encrypted with a key of your own. It goes to nobody else and serves attendance only.',
      ],
    },
    {
      title: 'For how long',
      points: [
        'The movements: 14 days. The numbers of your face: until you delete them or your account is deleted; if it is suspended, for as long as your school sets, 365 days at most.',
        'Attendance records stay as your school’s rules say.',
      ],
    },
    {
      title: 'If you change your mind',
      points: [
        'Open “My face”, then “Delete my face”. The key is destroyed, so your face data can no longer be opened, not even from old backups.',
      ],
    },
  ],
  otherwise: 'Rather not? That is your right. A teacher can mark you present without your face.',
  minors: 'Under 18: talk to a parent or guardian first.',
  agree: 'I have read this and agree that my face data is used for attendance.',
  button: 'Agree and continue',
  decline: 'Not now',
  read: 'Read about it',
  version: (version) => `Version ${whole(version)}`,
  given: (day, version) => `Agreed on ${day} · version ${whole(version)}`,
}
