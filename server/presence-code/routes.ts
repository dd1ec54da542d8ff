import { presenceCodeApi } from '../../shared/contract/api/presence-code.ts'
import type { Deps } from '../deps.ts'
import { say } from '../http/language.ts'
import type { Serve } from '../http/serve.ts'
import { drawCode } from './draw.ts'
import { createRedeem } from './redeem.ts'

/** `/absensi/code`: the way without a camera. */
export function servePresenceCode(serve: Serve, deps: Deps): void {
  const redeem = createRedeem(deps)

  serve(presenceCodeApi.draw, (c) => drawCode(deps, c.get('user')))

  serve(presenceCodeApi.redeem, async (c, { body }) => {
    const caller = { ipAddress: c.get('address'), deviceInfo: c.req.header('user-agent')?.slice(0, 300) }
    const reply = await redeem(c.get('user'), body, caller)
    return { ...reply, message: say(c, WORDS[reply.result]) }
  })
}

const WORDS = {
  confirm: { id: 'Pastikan orangnya, lalu konfirmasi.', en: 'Make sure of the person, then confirm.' },
  recorded: { id: 'Kehadiran tercatat.', en: 'Attendance recorded.' },
  left: { id: 'Kepulangan tercatat.', en: 'Leaving recorded.' },
  already: { id: 'Kehadiran sudah tercatat sebelumnya.', en: 'Attendance was recorded before.' },
}
