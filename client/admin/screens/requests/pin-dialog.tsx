import { useState } from 'preact/hooks'
import { kioskApi } from '../../../../shared/contract/api/kiosk.ts'
import { kioskPinRequest } from '../../../../shared/contract/kiosk.ts'
import { Button } from '../../../ui/button.tsx'
import { useAdmin, useWords } from '../../app-context.ts'
import { focusWrong } from '../../parts/focus-wrong.ts'
import { Form, Input } from '../../parts/inputs.tsx'
import { Modal } from '../../parts/modal.tsx'
import { ProblemLine } from '../../parts/problem-line.tsx'
import { Sure } from '../../parts/sure.tsx'
import { useAct } from '../../parts/use-act.ts'
import { common } from '../../texts.ts'
import { kioskTexts } from './kiosk-texts.ts'

/** The staff PIN of all kiosks: set, changed, or taken away. Nobody can be shown the one there is: it is kept as a hash. */
export function PinDialog(props: { hasPin: boolean; onClose: () => void; onDone: () => Promise<unknown> }) {
  const words = useWords(kioskTexts)
  const general = useWords(common)
  const { api, toasts } = useAdmin()
  const act = useAct()
  const [pin, setPin] = useState('')
  /** What is wrong with it is told once somebody tried to save it. */
  const [tried, setTried] = useState(false)
  const [removing, setRemoving] = useState(false)
  const isWrong = !kioskPinRequest.safeParse({ pin }).success
  const put = (value: string | null) =>
    act.run(async () => {
      await api.call(kioskApi.pin, { body: { pin: value } })
      toasts.say(value === null ? words.pinRemoved : words.pinSaved)
      await props.onDone()
    })
  if (removing)
    return (
      <Sure
        danger
        title={words.pinRemoveAsk}
        body={words.pinRemoveBody}
        confirm={words.pinRemove}
        act={act}
        onConfirm={() => put(null)}
        onClose={props.onClose}
      />
    )
  return (
    <Modal title={words.pin} onClose={props.onClose}>
      <p>{words.pinBody}</p>
      <Form
        onSend={() => {
          setTried(true)
          if (!isWrong) put(pin)
          // What is wrong is told with the field.
          else focusWrong()
        }}
      >
        <Input
          label={props.hasPin ? words.pinNew : words.pin}
          digits
          required
          value={pin}
          onChange={setPin}
          hint={words.pinHint}
          error={tried && isWrong ? words.pinWrong : ''}
          testId="kiosk-pin"
        />
        {act.problem && <ProblemLine problem={act.problem} />}
        <div class="row-actions end">
          <Button onPress={props.onClose}>{general.cancel}</Button>
          {props.hasPin && (
            <Button kind="danger" onPress={() => setRemoving(true)} testId="kiosk-pin-remove">
              {words.pinRemove}
            </Button>
          )}
          <Button kind="primary" type="submit" busy={act.busy} testId="kiosk-pin-save">
            {general.save}
          </Button>
        </div>
      </Form>
    </Modal>
  )
}
