import type { Endpoint } from '../endpoint.ts'
import { absensiApi } from './absensi.ts'
import { absensiAdminApi } from './absensi-admin.ts'
import { auditApi } from './audit.ts'
import { authApi } from './auth.ts'
import { backupsApi } from './backups.ts'
import { consentLedgerApi } from './consent-ledger.ts'
import { consentsApi } from './consents.ts'
import { devicesApi } from './devices.ts'
import { docsApi } from './docs.ts'
import { emailApi } from './email.ts'
import { faceApi } from './face.ts'
import { faceAdminApi } from './face-admin.ts'
import { healthApi } from './health.ts'
import { izinApi } from './izin.ts'
import { jobsApi } from './jobs.ts'
import { kioskApi } from './kiosk.ts'
import { kioskEventsApi } from './kiosk-events.ts'
import { presenceCodeApi } from './presence-code.ts'
import { privacyApi } from './privacy.ts'
import { publicApi } from './public.ts'
import { reportsApi } from './reports.ts'
import { settingsApi } from './settings.ts'
import { studentsApi } from './students.ts'
import { timetableApi } from './timetable.ts'
import { todayApi } from './today.ts'
import { usersApi } from './users.ts'

/** The whole API by feature: what the server serves, the documentation describes and the contract test walks. */
export const API: Readonly<Record<string, Readonly<Record<string, Endpoint>>>> = {
  health: healthApi,
  auth: authApi,
  users: usersApi,
  students: studentsApi,
  devices: devicesApi,
  consents: consentsApi,
  face: faceApi,
  faceAdmin: faceAdminApi,
  absensi: absensiApi,
  presenceCode: presenceCodeApi,
  docs: docsApi,
  absensiAdmin: absensiAdminApi,
  izin: izinApi,
  timetable: timetableApi,
  email: emailApi,
  consentLedger: consentLedgerApi,
  privacy: privacyApi,
  settings: settingsApi,
  audit: auditApi,
  jobs: jobsApi,
  backups: backupsApi,
  reports: reportsApi,
  public: publicApi,
  kiosk: kioskApi,
  kioskEvents: kioskEventsApi,
  today: todayApi,
}

/** Every row. */
export const ENDPOINTS: readonly Endpoint[] = Object.values(API).flatMap((rows) => Object.values(rows))
