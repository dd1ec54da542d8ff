import type { z } from 'zod'
import { pinSchema } from '../../../shared/contract/kiosk-offline.ts'
import type { Db } from '../../db/open.ts'
import { readSetting } from '../../db/settings.ts'

/** The name the staff PIN's verifier is kept under, apart from the settings a console reads. */
export const PIN_SETTING = 'kiosk_pin'

/** The verifier of the staff PIN, for paired kiosks only; null: none is set. */
export async function readPin(db: Db): Promise<z.output<typeof pinSchema>> {
  return readSetting(db, PIN_SETTING, pinSchema)
}
