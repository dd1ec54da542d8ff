import { useLayoutEffect, useState } from 'preact/hooks'
import type { z } from 'zod'
import { Button } from '../../../ui/button.tsx'
import { useWords } from '../../app-context.ts'
import { Form, TextArea } from '../../parts/inputs.tsx'
import { Modal } from '../../parts/modal.tsx'
import { ProblemLine } from '../../parts/problem-line.tsx'
import type { Act } from '../../parts/use-act.ts'
import { common } from '../../texts.ts'
import { decidedTexts } from './decided-texts.ts'
import { requestTexts } from './texts.ts'

interface RefuseDialogProps {
  readonly name: string
  /** What an answer may be. */
  readonly answer: z.ZodType
  /** The refusal, which runs behind the dialog: what fails is told here. */
  readonly act: Act
  /** `note`: undefined for none. */
  readonly onRefuse: (note: string | undefined) => void
  readonly onClose: () => void
}

/** Refuses what a student asked for; she reads why, where that is said. */
export function RefuseDialog({ name, answer, act, onRefuse, onClose }: RefuseDialogProps) {
  const words = useWords(requestTexts)
  const own = useWords(decidedTexts)
  const general = useWords(common)
  const [note, setNote] = useState('')
  // What failed before belongs to another row.
  useLayoutEffect(() => act.clear(), [])
  const fits = answer.safeParse(note).success
  return (
    <Modal title={own.refuseAsk(name)} onClose={onClose}>
      <Form onSend={() => fits && onRefuse(note.trim() || undefined)}>
        <TextArea
          label={own.answerFor}
          hint={own.answerHint}
          value={note}
          onChange={setNote}
          error={fits ? '' : own.answerLong}
          testId="refuse-note"
        />
        {act.problem && <ProblemLine problem={act.problem} />}
        <div class="row-actions end">
          <Button onPress={onClose}>{general.cancel}</Button>
          <Button kind="danger" type="submit" busy={act.busy} disabled={!fits} testId="refuse-send">
            {words.refuse}
          </Button>
        </div>
      </Form>
    </Modal>
  )
}
