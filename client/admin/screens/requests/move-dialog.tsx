import type { z } from 'zod'
import { kioskApi } from '../../../../shared/contract/api/kiosk.ts'
import type { kioskPlaceRequest, kioskSchema } from '../../../../shared/contract/kiosk.ts'
import { useAdmin, useWords } from '../../app-context.ts'
import { changedFields } from '../../parts/changed-fields.ts'
import { Modal } from '../../parts/modal.tsx'
import { useAct } from '../../parts/use-act.ts'
import { common } from '../../texts.ts'
import { KioskForm } from './kiosk-form.tsx'
import { kioskTexts } from './kiosk-texts.ts'

/** Another name, room or other classes for a kiosk that is paired. */
export function MoveDialog(props: {
  readonly kiosk: z.output<typeof kioskSchema>
  readonly onClose: () => void
  readonly onDone: () => Promise<unknown>
}) {
  const words = useWords(kioskTexts)
  const general = useWords(common)
  const { api, toasts } = useAdmin()
  const act = useAct()
  const { kiosk, onClose } = props
  const send = (body: z.output<typeof kioskPlaceRequest>) =>
    act.run(async () => {
      await api.call(kioskApi.change, { params: { id: kiosk.id }, body: changedFields(kiosk, body) })
      toasts.say(words.moved)
      await props.onDone()
    })
  return (
    <Modal title={words.moveTitle(kiosk.label)} onClose={onClose}>
      <p>{words.moveBody}</p>
      <KioskForm place={kiosk} act={act} send={general.save} testId="move-save" onSend={send} onClose={onClose} />
    </Modal>
  )
}
