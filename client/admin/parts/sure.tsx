import type { ComponentChildren } from 'preact'
import { useLayoutEffect } from 'preact/hooks'
import { Button } from '../../ui/button.tsx'
import { useWords } from '../app-context.ts'
import { common } from '../texts.ts'
import { Modal } from './modal.tsx'
import { ProblemLine } from './problem-line.tsx'
import type { Act } from './use-act.ts'

/** The question before an act that many rows hang on, or by which something is lost: what will happen, a way back, the act. */
export function Sure(props: {
  readonly title: string
  readonly body: string
  /** The act's own name. */
  readonly confirm: string
  /** The act, where it runs behind the dialog: what fails is told here. */
  readonly act?: Act
  /** Something is lost by it. */
  readonly danger?: boolean
  readonly onConfirm: () => void
  readonly onClose: () => void
  readonly children?: ComponentChildren
}) {
  const general = useWords(common)
  const { act } = props
  // What failed before belongs to another question.
  useLayoutEffect(() => act?.clear(), [])
  return (
    <Modal title={props.title} onClose={props.onClose}>
      <p>{props.body}</p>
      {props.children}
      {props.act?.problem && <ProblemLine problem={props.act.problem} />}
      <div class="row-actions end">
        <Button onPress={props.onClose}>{general.cancel}</Button>
        <Button
          kind={props.danger ? 'danger' : 'primary'}
          busy={props.act?.busy ?? false}
          onPress={props.onConfirm}
          testId="sure"
        >
          {props.confirm}
        </Button>
      </div>
    </Modal>
  )
}
