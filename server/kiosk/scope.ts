import type { Scope } from '../users/scope.ts'
import type { Kiosk } from './store.ts'

/** Whom a kiosk may recognise: its classes' students, or everybody. */
export const scopeOfKiosk = ({ kelas }: Kiosk): Scope => (kelas === null ? { kind: 'all' } : { kind: 'kelas', kelas })
