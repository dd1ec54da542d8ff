import { privacyApi } from '../../shared/contract/api/privacy.ts'
import type { Deps } from '../deps.ts'
import type { AppContext } from '../http/env.ts'
import { refuse } from '../http/problem.ts'
import type { Serve } from '../http/serve.ts'
import { readEverything } from './store.ts'

/** What is held on a person, for herself or for the office that gives it to her. Each time leaves an audit line. */
export function servePrivacy(serve: Serve, { db, audit, now }: Deps): void {
  const exportOf = async (c: AppContext, userId: string) => {
    const everything = await readEverything(db, userId, now())
    if (everything === null) return refuse('not_found')
    await audit.write([], {
      userId: c.get('user').id,
      action: 'export_data',
      entityType: 'user',
      entityId: userId,
      ipAddress: c.get('address'),
    })
    return everything
  }

  serve(privacyApi.own, (c) => exportOf(c, c.get('user').id))

  serve(privacyApi.ofUser, (c, { params: { id } }) => exportOf(c, id))
}
