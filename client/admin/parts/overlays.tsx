import { useEffect, useRef, useState } from 'preact/hooks'
import { type ApiProblem, toProblem } from '../../core/api-problem.ts'
import { useStore } from '../../core/store.ts'
import { Button } from '../../ui/button.tsx'
import { useAdmin, useWords } from '../app-context.ts'
import { common } from '../texts.ts'
import type { Asking } from './confirmer.ts'
import { Form, Input } from './inputs.tsx'
import { Modal } from './modal.tsx'
import { ProblemLine } from './problem-line.tsx'
import { Sure } from './sure.tsx'
import { useAct } from './use-act.ts'

function PasswordDialog({ asking }: { asking: Asking }) {
  const words = useWords(common)
  const act = useAct()
  const [password, setPassword] = useState('')
  const [typed, setTyped] = useState('')
  const ready = password !== '' && typed.trim() === asking.word
  return (
    <Modal title={asking.title} alone onClose={asking.cancel}>
      <p>{asking.body}</p>
      <Form onSend={() => ready && act.run(() => asking.answer(password))}>
        {asking.word !== '' && (
          <Input label={words.typeWord(asking.word)} value={typed} onChange={setTyped} testId="confirm-word" />
        )}
        <Input
          label={words.password}
          type="password"
          autocomplete="current-password"
          hint={words.confirmHint}
          value={password}
          onChange={setPassword}
          testId="confirm-password"
        />
        {act.problem && <ProblemLine problem={act.problem} />}
        <div class="row-actions end">
          <Button onPress={asking.cancel}>{words.cancel}</Button>
          <Button kind="danger" type="submit" busy={act.busy} disabled={!ready} testId="confirm-go">
            {asking.act}
          </Button>
        </div>
      </Form>
    </Modal>
  )
}

/** What lies over the screens: the question for the password, and the words about what was just done. */
export function Overlays() {
  const words = useWords(common)
  const { toasts, confirmer, session, router } = useAdmin()
  const shown = useStore(toasts)
  const asking = useStore(confirmer.asking)
  const leaving = useStore(router.leaving)
  const isIn = useStore(session).is === 'in'
  // The session is over: the page asks to sign in, and nothing lies over that, not for one drawing. The act gets its no.
  useEffect(() => {
    if (isIn) return
    asking?.cancel()
    leaving?.stay()
  }, [isIn, asking, leaving])
  const tell = ({ code, detail }: ApiProblem) =>
    detail || (code === 'no_network' ? words.problem.no_network : words.problem.other)
  const bar = useRef<HTMLDivElement>(null)
  // Shown anew with each word: above whatever dialog was opened since.
  useEffect(() => {
    bar.current?.hidePopover?.()
    bar.current?.showPopover?.()
  }, [shown])
  return (
    <>
      {isIn && asking && <PasswordDialog asking={asking} />}
      {isIn && leaving && (
        <Sure
          title={words.unsaved}
          body={words.unsavedBody}
          confirm={words.leave}
          danger
          onConfirm={leaving.leave}
          onClose={leaving.stay}
        />
      )}
      <div ref={bar} class="toasts" role="status" popover="manual">
        {shown.map(({ id, text, undo }) => (
          <div key={id} class="toast" data-testid="toast">
            <span>{text}</span>
            {undo && (
              <Button
                kind="quiet"
                onPress={() => {
                  toasts.drop(id)
                  undo().catch((error: unknown) => toasts.say(tell(toProblem(error))))
                }}
              >
                {words.undo}
              </Button>
            )}
          </div>
        ))}
      </div>
    </>
  )
}
