import type { ComponentChildren } from 'preact'
import { Button } from '../../ui/button.tsx'
import { useWords } from '../app-context.ts'
import { common } from '../texts.ts'
import { Modal } from './modal.tsx'

/** The question before an act that many rows hang on: what will happen, a way back, and the act. */
export function Sure(props: {
  readonly title: string
  readonly body: string
  /** The act's own name. */
  readonly confirm: string
  readonly busy?: boolean
  readonly danger?: boolean
  readonly onConfirm: () => void
  readonly onClose: () => void
  readonly children?: ComponentChildren
}) {
  const general = useWords(common)
  return (
    <Modal title={props.title} onClose={props.onClose}>
      <p>{props.body}</p>
      {props.children}
      <div class="row-actions end">
        <Button onPress={props.onClose}>{general.cancel}</Button>
        <Button
          kind={props.danger ? 'danger' : 'primary'}
          busy={props.busy ?? false}
          onPress={props.onConfirm}
          testId="sure"
        >
          {props.confirm}
        </Button>
      </div>
    </Modal>
  )
}
