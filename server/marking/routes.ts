import { absensiAdminApi } from '../../shared/contract/api/absensi-admin.ts'
import type { Deps } from '../deps.ts'
import { done, type Serve } from '../http/serve.ts'
import { describeEntry } from '../ledger/routes.ts'
import { correctAttendance } from './correct.ts'
import { markAttendance } from './mark.ts'
import { reviewAttendance } from './review.ts'

/** `/absensi/admin`: marking by hand, correcting, deciding on what waits for a person. */
export function serveMarking(serve: Serve, deps: Deps): void {
  const { timeZone } = deps.config

  serve(absensiAdminApi.mark, async (c, { body }) => ({
    ...(await markAttendance(deps, c.get('user'), body, c.get('address'))),
    ...done(c, MARKED),
  }))

  serve(absensiAdminApi.correct, async (c, { params: { id }, body }) => {
    const entry = await correctAttendance(deps, c.get('user'), id, { request: body, ipAddress: c.get('address') })
    return { absensi: describeEntry(entry, timeZone) }
  })

  serve(absensiAdminApi.decideReview, async (c, { params: { id }, body }) => {
    const { outcome, entry } = await reviewAttendance(deps, c.get('user'), id, { ...body, ipAddress: c.get('address') })
    return { outcome, absensi: entry === null ? null : describeEntry(entry, timeZone) }
  })
}

const MARKED = { id: 'Kehadiran disimpan.', en: 'Attendance saved.' }
