import { Button } from '../../ui/button.tsx'
import { useWords } from '../app-context.ts'
import { common } from '../texts.ts'
import { Modal } from './modal.tsx'
import { ProblemLine } from './problem-line.tsx'
import type { Act } from './use-act.ts'

/** Asks before something is lost, and says what that means; what fails is told here. */
export function LossDialog(props: {
  readonly title: string
  readonly body: string
  /** What the button that does it is called. */
  readonly go: string
  readonly act: Act
  readonly onGo: () => void
  readonly onClose: () => void
}) {
  const words = useWords(common)
  return (
    <Modal title={props.title} onClose={props.onClose}>
      <p>{props.body}</p>
      {props.act.problem && <ProblemLine problem={props.act.problem} />}
      <div class="row-actions end">
        <Button onPress={props.onClose}>{words.cancel}</Button>
        <Button kind="danger" busy={props.act.busy} onPress={props.onGo} testId="remove-go">
          {props.go}
        </Button>
      </div>
    </Modal>
  )
}
