import { useState } from 'preact/hooks'
import { passwordSchema } from '../../../shared/contract/auth.ts'
import type { ApiCode } from '../../core/api-problem.ts'
import { Button } from '../../ui/button.tsx'
import { PasswordField } from '../../ui/field.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Screen } from '../../ui/screen.tsx'
import { useApp, useTexts } from '../app-context.ts'
import { focusFirstWrong } from '../focus-first-wrong.ts'
import { NewPasswordRules } from '../new-password-rules.tsx'
import { ProblemNotice } from '../problem-notice.tsx'
import { useSend } from '../use-send.ts'
import { useWords } from '../use-words.ts'
import { WayBack } from '../way-back.tsx'

/** A new password in the place of the present one; other devices are signed out by it. */
export function PasswordScreen() {
  const { api, session } = useApp()
  const { texts } = useTexts()
  const words = useWords().password
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const [tried, setTried] = useState(false)
  const [saved, setSaved] = useState(false)
  const { busy, problem, send } = useSend()
  const details: Partial<Record<ApiCode, string>> = { wrong_credentials: words.wrong, no_network: words.unanswered }
  const wrong = { current: current === '', next: !passwordSchema.safeParse(next).success }

  function submit(event: SubmitEvent): void {
    event.preventDefault()
    setTried(true)
    setSaved(false)
    if (wrong.current || wrong.next) {
      focusFirstWrong(event.currentTarget)
      return
    }
    send(async () => {
      session.enter(await api.changePassword({ current_password: current, new_password: next }))
      setCurrent('')
      setNext('')
      setTried(false)
      setSaved(true)
    })
  }

  return (
    <Screen title={words.title} app={texts.app} class="page" before={<WayBack to="account" />}>
      <p class="lead">{words.lead}</p>
      <div role="status">
        {saved && (
          <div data-testid="password-saved">
            <Notice kind="info">{words.saved}</Notice>
          </div>
        )}
      </div>
      {problem && <ProblemNotice problem={problem} detail={details[problem.code]} />}
      <form class="card form" noValidate onSubmit={submit}>
        <PasswordField
          name="current"
          label={words.current}
          value={current}
          onInput={setCurrent}
          error={tried && wrong.current ? words.needCurrent : ''}
          autocomplete="current-password"
          show={texts.signIn.show}
          hide={texts.signIn.hide}
        />
        <PasswordField
          name="next"
          label={words.next}
          value={next}
          onInput={setNext}
          error={tried && wrong.next ? texts.activate.needPassword : ''}
          autocomplete="new-password"
          describedBy="next-rules"
          show={texts.signIn.show}
          hide={texts.signIn.hide}
        />
        <NewPasswordRules password={next} id="next-rules" />
        <Button type="submit" kind="primary" large wide busy={busy} testId="save-password">
          {words.save}
        </Button>
      </form>
    </Screen>
  )
}
