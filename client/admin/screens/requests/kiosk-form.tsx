import { useState } from 'preact/hooks'
import type { z } from 'zod'
import type { kioskPlaceRequest } from '../../../../shared/contract/kiosk.ts'
import { Button } from '../../../ui/button.tsx'
import { useWords } from '../../app-context.ts'
import { Form, Input } from '../../parts/inputs.tsx'
import { KelasListInput, kelasOrAll } from '../../parts/kelas-list-input.tsx'
import { ProblemLine } from '../../parts/problem-line.tsx'
import type { Act } from '../../parts/use-act.ts'
import { common } from '../../texts.ts'
import { kioskTexts } from './kiosk-texts.ts'
import { requestTexts } from './texts.ts'

type Place = z.output<typeof kioskPlaceRequest>

/** Where a kiosk stands and whose faces it looks for; of a new one, or one that is moved. */
export function KioskForm(props: {
  readonly place: Place | null
  readonly act: Act
  readonly send: string
  readonly testId: string
  readonly onSend: (place: Place) => void
  readonly onClose: () => void
}) {
  const words = useWords(requestTexts)
  const told = useWords(kioskTexts)
  const general = useWords(common)
  const { place, act } = props
  const [label, setLabel] = useState(place?.label ?? '')
  const [room, setRoom] = useState(place?.room ?? '')
  const [kelas, setKelas] = useState((place?.kelas ?? []).join(', '))
  return (
    <Form onSend={() => props.onSend({ label, room, kelas: kelasOrAll(kelas) })}>
      <Input label={words.label} required value={label} onChange={setLabel} testId="kiosk-label" />
      <Input label={words.room} required value={room} onChange={setRoom} testId="kiosk-room" />
      <KelasListInput label={told.kelas} hint={told.kelasHint} value={kelas} onChange={setKelas} testId="kiosk-kelas" />
      {act.problem && <ProblemLine problem={act.problem} />}
      <div class="row-actions end">
        <Button onPress={props.onClose}>{general.cancel}</Button>
        <Button kind="primary" type="submit" busy={act.busy} testId={props.testId}>
          {props.send}
        </Button>
      </div>
    </Form>
  )
}
