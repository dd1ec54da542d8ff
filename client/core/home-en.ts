import type { homeId, navId, offlineId, placeId } from './home-id.ts'

/** The first screen after signing in. */
export const homeEn: typeof homeId = {
  title: 'Start',
  greeting: (hour) => (hour < 12 ? 'Good morning' : hour < 18 ? 'Good afternoon' : 'Good evening'),
  hello: 'Welcome',
  opensAt: (time) => `Opens at ${time}`,
  noSession: 'No session today',
  noSessionBody: 'There is nothing to check in to today.',
  state: { before: 'Not open yet', open: 'Open', late: 'Open · late', closed: 'Closed' },
  allDay: 'All day',
  hours: (from, to) => `${from} – ${to}`,
  opensIn: (clock) => `Opens in ${clock}`,
  lateIn: (clock) => `On time for another ${clock}`,
  lateNow: (time) => `After ${time}: recorded as late`,
  onTimeUntil: (time) => `On time until ${time}`,
  stillOnTime: 'Still counted as on time',
  closesIn: (clock) => `Closes in ${clock}`,
  closedAt: (time) => `The session closed at ${time}. If you are present, see the teacher on duty to be marked.`,
  checkIn: 'Check in now',
  enrol: 'Enrol your face',
  enrolFirst: 'Just once, about a minute. Then you can check in.',
  record: 'Last record',
  excused: 'Entered by the school',
  absent: 'Recorded as absent',
  absentBody: 'If you are present, see the teacher on duty to be marked.',
  noRecord: 'Nothing recorded yet',
  face: 'My face',
  faceOn: 'Enrolled',
  faceOff: 'Not enrolled',
  leaveNow: 'Check out now',
  leaving: (from, to) => `Leaving ${from} – ${to}`,
  leavingOpen: (to) => `You can check out until ${to}`,
  leftAt: (time) => `Left at ${time}`,
  others: 'Sessions today',
  holiday: 'Holiday',
  holidayBody: 'Today is a holiday: there is nothing to check in to.',
  izin: { izin: 'You are excused today', sakit: 'You are on sick leave today' },
  izinBody: {
    izin: 'If you come after all, you can still check in.',
    sakit: 'Get well soon. If you come after all, you can still check in.',
  },
  console: 'Open the console',
  consoleBody: 'For teachers and the school office',
  code: 'Attendance code',
  codeBody: 'Show a code to your teacher',
}

export const navEn: typeof navId = {
  name: 'Main menu',
  home: 'Home',
  attendance: 'Attendance',
  izin: 'Leave',
  account: 'Account',
}

export const placeEn: typeof placeId = {
  title: 'This session asks where you are',
  body: 'Your location is used to work out how far you are from the session’s place. Only that distance is kept, not where you are.',
  without: 'Without it a teacher looks at your check-in first; a session taken at its place only will refuse it.',
  allow: 'Send my location',
  asking: 'Finding your location…',
  got: 'Your location goes along with this check-in',
  failed: 'No location came. Allow it in your browser’s settings, or go on without it.',
  drop: 'Do not send',
}

export const offlineEn: typeof offlineId = {
  title: 'No network',
  known: (when) => `This is what was last known, ${when}.`,
  noCheckIn: 'Checking in by phone needs a network. Use the kiosk at school: it records without one.',
}
