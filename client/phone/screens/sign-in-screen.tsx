import { useState } from 'preact/hooks'
import { nimSchema } from '../../../shared/contract/auth.ts'
import { formatCountdown } from '../../core/clock.ts'
import { Button } from '../../ui/button.tsx'
import { PasswordField, TextField } from '../../ui/field.tsx'
import { Notice } from '../../ui/notice.tsx'
import { useCountdown } from '../../ui/use-seconds.ts'
import { useApp, useTexts } from '../app-context.ts'
import { focusFirstWrong } from '../focus-first-wrong.ts'
import { FormPage } from '../form-page.tsx'
import { ProblemNotice } from '../problem-notice.tsx'
import { useSend } from '../use-send.ts'

/** Sign in with NIM and password. `ended`: an earlier session is over, and the screen says so; `open`: accounts can be asked for. */
export function SignInScreen({ ended, open }: { ended: boolean; open: boolean }) {
  const { api, session, router } = useApp()
  const { texts, language } = useTexts()
  const [nim, setNim] = useState('')
  const [password, setPassword] = useState('')
  const [tried, setTried] = useState(false)
  const { busy, problem, send } = useSend()
  const wait = useCountdown(problem?.retryAfter ?? 0)
  const words = texts.signIn
  const nimWrong = !nimSchema.safeParse(nim).success
  const passwordWrong = password === ''

  function submit(event: SubmitEvent): void {
    event.preventDefault()
    setTried(true)
    if (nimWrong || passwordWrong) {
      focusFirstWrong(event.currentTarget)
      return
    }
    send(() =>
      session.signIn(async () => {
        const reply = await api.login({ nim: nim.trim(), password })
        router.go('home', 'replace')
        return reply
      }),
    )
  }

  return (
    <FormPage title={words.title}>
      {ended && !problem && <Notice kind="info">{words.ended}</Notice>}
      {problem && <ProblemNotice problem={problem} />}
      <form class="form" noValidate onSubmit={submit}>
        <TextField
          name="nim"
          label={words.nim}
          value={nim}
          onInput={setNim}
          error={tried && nimWrong ? words.needNim : ''}
          autocomplete="username"
        />
        <PasswordField
          name="password"
          label={words.password}
          value={password}
          onInput={setPassword}
          error={tried && passwordWrong ? words.needPassword : ''}
          autocomplete="current-password"
          show={words.show}
          hide={words.hide}
        />
        <Button type="submit" kind="primary" large wide busy={busy} disabled={wait > 0} testId="sign-in">
          {busy ? words.busy : wait > 0 ? texts.retryIn(formatCountdown(wait, language)) : words.button}
        </Button>
      </form>
      <p class="aside">
        {words.first} <a href="#/activate">{words.activate}</a>
      </p>
      {open && (
        <p class="aside">
          {words.noAccount} <a href="#/register">{words.register}</a>
        </p>
      )}
      <p class="aside">{words.forgotten}</p>
    </FormPage>
  )
}
