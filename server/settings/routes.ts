import { settingsApi } from '../../shared/contract/api/settings.ts'
import { demandConfirmation } from '../auth/demand-confirmation.ts'
import type { Deps } from '../deps.ts'
import { byOf } from '../http/by.ts'
import type { Serve } from '../http/serve.ts'
import { changeSettings } from './change.ts'
import { readStoredSettings } from './store.ts'

/** `/admin/settings`: what a school changes while the server runs. */
export function serveSettings(serve: Serve, deps: Deps): void {
  const { timeZone, profile, faceConfidenceThreshold, mail } = deps.config
  const server = {
    time_zone: timeZone,
    profile,
    face_confidence_threshold: faceConfidenceThreshold,
    mail: mail !== undefined,
  }
  const answer = async () => {
    const { settings, updatedAt } = await readStoredSettings(deps.db)
    return { settings, updated_at: updatedAt === null ? null : new Date(updatedAt).toISOString(), server }
  }

  serve(settingsApi.read, answer)

  serve(settingsApi.change, async (c, { body }) => {
    await changeSettings(deps, byOf(c), body, () => demandConfirmation(deps, c))
    return answer()
  })
}
