import { Button } from '../../../ui/button.tsx'
import { useWords } from '../../app-context.ts'
import { Modal } from '../../parts/modal.tsx'
import { ProblemLine } from '../../parts/problem-line.tsx'
import type { Act } from '../../parts/use-act.ts'
import { common } from '../../texts.ts'
import { timetableTexts } from './texts.ts'

/** Asks before something of the timetable goes, and says what that means. */
export function RemoveDialog(props: {
  readonly name: string
  readonly body: string
  readonly act: Act
  readonly onRemove: () => void
  readonly onClose: () => void
}) {
  const words = useWords(timetableTexts)
  const general = useWords(common)
  return (
    <Modal title={words.removeAsk(props.name)} onClose={props.onClose}>
      <p>{props.body}</p>
      {props.act.problem && <ProblemLine problem={props.act.problem} />}
      <div class="row-actions end">
        <Button onPress={props.onClose}>{general.cancel}</Button>
        <Button kind="danger" busy={props.act.busy} onPress={props.onRemove} testId="remove-go">
          {words.remove}
        </Button>
      </div>
    </Modal>
  )
}
