import type { ComponentType } from 'preact'
import type { Role } from '../../shared/contract/auth.ts'
import type { IconName } from '../ui/icon.tsx'
import { bilingual } from './language.ts'
import { TodayScreen } from './screens/today/today-screen.tsx'

const words = bilingual(
  {
    today: 'Hari ini',
    students: 'Siswa',
    records: 'Kehadiran',
    requests: 'Permintaan',
    code: 'Kode siswa',
    reports: 'Laporan',
    timetable: 'Jadwal',
    settings: 'Pengaturan',
    users: 'Pengguna',
    audit: 'Log audit',
    jobs: 'Pemeliharaan',
  },
  {
    today: 'Today',
    students: 'Students',
    records: 'Records',
    requests: 'Requests',
    code: 'Student’s code',
    reports: 'Reports',
    timetable: 'Timetable',
    settings: 'Settings',
    users: 'Users',
    audit: 'Audit log',
    jobs: 'Maintenance',
  },
)
export const navigationWords = words

/** The groups of the menu, in their order. */
export const groupWords = bilingual(
  { daily: 'Sehari-hari', school: 'Sekolah' },
  { daily: 'Every day', school: 'School' },
)
export type Group = keyof typeof groupWords.id
export const GROUPS: readonly Group[] = ['daily', 'school']

/** A part of the console: the first word of its address, who sees it, and its screen, fetched when it is wanted. */
export interface Part {
  readonly name: keyof typeof words.id
  readonly icon: IconName
  /** `daily` where nothing is said. */
  readonly group?: Group
  readonly roles: readonly Role[]
  readonly screen: ComponentType | (() => Promise<ComponentType>)
  /** The screen is part of the page's first load. */
  readonly eager?: true
}

const STAFF = ['guru', 'admin'] as const
const ADMIN = ['admin'] as const

/** Every part of the console, in the order of the menu. A new screen is a folder under screens/ and a line here. */
export const PARTS: readonly Part[] = [
  { name: 'today', icon: 'clock', roles: STAFF, eager: true, screen: TodayScreen },
  {
    name: 'students',
    icon: 'face',
    roles: STAFF,
    screen: async () => (await import('./screens/students/students-part.tsx')).StudentsPart,
  },
  {
    name: 'records',
    icon: 'check',
    roles: STAFF,
    screen: async () => (await import('./screens/records/records-part.tsx')).RecordsPart,
  },
  {
    name: 'requests',
    icon: 'paper',
    roles: STAFF,
    screen: async () => (await import('./screens/requests/requests-part.tsx')).RequestsPart,
  },
  {
    name: 'code',
    icon: 'code',
    roles: STAFF,
    screen: async () => (await import('./screens/code/code-part.tsx')).CodePart,
  },
  {
    name: 'reports',
    icon: 'bars',
    roles: STAFF,
    screen: async () => (await import('./screens/reports/reports-part.tsx')).ReportsPart,
  },
  {
    name: 'timetable',
    icon: 'calendar',
    group: 'school',
    roles: STAFF,
    screen: async () => (await import('./screens/timetable/timetable-part.tsx')).TimetablePart,
  },
  {
    name: 'settings',
    icon: 'sliders',
    group: 'school',
    roles: ADMIN,
    screen: async () => (await import('./screens/settings/settings-part.tsx')).SettingsPart,
  },
  {
    name: 'users',
    icon: 'people',
    group: 'school',
    roles: ADMIN,
    screen: async () => (await import('./screens/users/users-part.tsx')).UsersPart,
  },
  {
    name: 'audit',
    icon: 'ledger',
    group: 'school',
    roles: ADMIN,
    screen: async () => (await import('./screens/audit/audit-part.tsx')).AuditPart,
  },
  {
    name: 'jobs',
    icon: 'archive',
    group: 'school',
    roles: ADMIN,
    screen: async () => (await import('./screens/jobs/jobs-part.tsx')).JobsPart,
  },
]
