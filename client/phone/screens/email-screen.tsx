import { useEffect, useState } from 'preact/hooks'
import { okReply } from '../../../shared/contract/auth.ts'
import { emailToken } from '../../core/router.ts'
import { useStore } from '../../core/store.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { useApp, useTexts } from '../app-context.ts'
import { FormPage } from '../form-page.tsx'
import { ProblemNotice } from '../problem-notice.tsx'
import { useFocusInside } from '../use-focus-inside.ts'
import { useSend } from '../use-send.ts'

function Over() {
  const { over, overTitle } = useTexts().texts.email
  return (
    <div data-testid="email-over">
      <Notice kind="bad" title={overTitle} alert>
        {over}
      </Notice>
    </div>
  )
}

/**
 * Where the link of a confirmation mail leads: one press uses its token up. Opening it alone does nothing, since programs
 * that look through mail open links too.
 */
export function EmailScreen() {
  const [token, setToken] = useState(() => emailToken(location.hash))
  useEffect(() => {
    // A newer link opened in the same window is another one.
    const look = () => setToken(emailToken(location.hash))
    addEventListener('hashchange', look)
    return () => removeEventListener('hashchange', look)
  }, [])
  return <Confirmation key={token} token={token} />
}

function Confirmation({ token }: { token: string }) {
  const { api, session, router } = useApp()
  const { texts } = useTexts()
  const who = useStore(session)
  const words = texts.email
  const [said, setSaid] = useState<'done' | 'asked' | null>(null)
  const confirming = useSend()
  const asking = useSend()
  const isOver = confirming.problem?.code === 'wrong_code'
  const buttons = useFocusInside<HTMLDivElement>(`${said} ${isOver}`)
  const shown = asking.problem ?? (isOver ? null : confirming.problem)
  const post = async (path: string, body: object) =>
    void (await api.send({ method: 'POST', path, body, reply: okReply }))
  const confirm = () => confirming.send(async () => post('auth/email/confirm', { token }).then(() => setSaid('done')))
  const again = () => asking.send(async () => post('auth/email/again', {}).then(() => setSaid('asked')))

  return (
    <FormPage title={words.title}>
      <div role="status">{said && <Notice kind="info">{words[said]}</Notice>}</div>
      {said === null && !isOver && <p class="soft">{words.lead}</p>}
      {said === null && isOver && asking.problem === null && <Over />}
      {said === null && shown && <ProblemNotice problem={shown} detail={shown.detail || undefined} />}
      <div class="actions" ref={buttons}>
        {said === null && !isOver && (
          <Button kind="primary" large wide busy={confirming.busy} testId="confirm-email" onPress={confirm}>
            {confirming.busy ? words.busy : words.button}
          </Button>
        )}
        {said === null &&
          isOver &&
          (who.is === 'in' ? (
            <Button kind="primary" wide busy={asking.busy} testId="email-again" onPress={again}>
              {words.again}
            </Button>
          ) : (
            <p class="soft">{words.signIn}</p>
          ))}
        <Button wide testId="email-home" onPress={() => router.go('home', 'replace')}>
          {words.home}
        </Button>
      </div>
    </FormPage>
  )
}
