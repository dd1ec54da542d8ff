import { useState } from 'preact/hooks'
import type { z } from 'zod'
import { kioskApi } from '../../../../shared/contract/api/kiosk.ts'
import type { kioskPlaceRequest, makePairingReply } from '../../../../shared/contract/kiosk.ts'
import { Button } from '../../../ui/button.tsx'
import { QrDrawing } from '../../../ui/qr-drawing.tsx'
import { useAdmin, useLanguage, useWords } from '../../app-context.ts'
import { formatMoment } from '../../format.ts'
import { Modal } from '../../parts/modal.tsx'
import { useAct } from '../../parts/use-act.ts'
import { useAddress } from '../../parts/use-address.ts'
import { common } from '../../texts.ts'
import { KioskForm } from './kiosk-form.tsx'
import { kioskTexts } from './kiosk-texts.ts'
import { requestTexts } from './texts.ts'

/** The code, to be typed at the kiosk or scanned by it. It stands behind the `#`, which no server is sent. */
function PairingCode({ made }: { made: z.output<typeof makePairingReply> }) {
  const words = useWords(requestTexts)
  const more = useWords(kioskTexts)
  const language = useLanguage()
  const { address } = useAddress()
  return (
    <div class="pairing-code">
      <div>
        <p>{words.pairBody}</p>
        <p class="code" data-testid="pairing-code">
          {made.code}
        </p>
        <p class="hint">{more.until(formatMoment(made.expires_at, language))}</p>
        <p>{more.qrBody}</p>
      </div>
      <QrDrawing text={`${address}/kiosk#code=${made.code}`} label={more.qr} />
    </div>
  )
}

/** A code for a new kiosk, whose fingerprint is then compared. */
export function PairDialog({ onMade, onClose }: { onMade: (id: string) => void; onClose: () => void }) {
  const words = useWords(requestTexts)
  const general = useWords(common)
  const { api } = useAdmin()
  const act = useAct()
  const [made, setMade] = useState<z.output<typeof makePairingReply> | null>(null)
  const send = (body: z.output<typeof kioskPlaceRequest>) =>
    act.run(async () => {
      const pairing = await api.call(kioskApi.makePairing, { body })
      setMade(pairing)
      onMade(pairing.pairing_id)
    })
  return (
    <Modal title={words.pair} onClose={onClose}>
      {made ? (
        <>
          <PairingCode made={made} />
          <div class="row-actions end">
            <Button kind="primary" onPress={onClose} testId="pairing-close">
              {general.close}
            </Button>
          </div>
        </>
      ) : (
        <KioskForm place={null} act={act} send={words.pair} testId="make-pairing" onSend={send} onClose={onClose} />
      )}
    </Modal>
  )
}
