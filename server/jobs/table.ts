import { closeSessions } from '../attendance/close.ts'
import { makeBackup } from '../backup/make.ts'
import type { Faces } from '../face/faces.ts'
import { askUnconfirmed } from '../mail/confirmations/ask.ts'
import { mailReport, notifyParents, REPORT_HOUR } from '../mail/report.ts'
import { sendMails } from '../mail/send.ts'
import { cleanUp } from './clean-up/clean-up.ts'
import { did, type Job } from './job.ts'

/** Every background job, in the order in which they run when several are due: what writes mails before what sends them. */
export function jobTable(faces: Pick<Faces, 'copyKeys' | 'erase'>): readonly Job[] {
  return [
    { name: 'backup', schedule: '15 1 * * *', run: (deps, now) => makeBackup(deps, faces, now) },
    { name: 'clean-up', schedule: '45 2 * * *', run: (deps, now) => cleanUp(deps, faces, now) },
    { name: 'close-sessions', schedule: '*/5 * * * *', run: async (deps, now) => did(await closeSessions(deps, now)) },
    { name: 'notify-parents', schedule: '*/10 * * * *', run: notifyParents },
    { name: 'daily-report', schedule: `0 ${REPORT_HOUR} * * *`, run: mailReport },
    { name: 'confirm-email', schedule: '*/5 * * * *', run: askUnconfirmed },
    { name: 'send-mail', schedule: '* * * * *', run: sendMails },
  ]
}
