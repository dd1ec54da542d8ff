import { useRef, useState } from 'preact/hooks'
import type { z } from 'zod'
import { activateRequest, nimSchema, passwordSchema, type TokensReply } from '../../../shared/contract/auth.ts'
import type { Api } from '../../core/api.ts'
import { toProblem } from '../../core/api-problem.ts'
import { Button } from '../../ui/button.tsx'
import { PasswordField, TextField } from '../../ui/field.tsx'
import { useApp, useTexts } from '../app-context.ts'
import { focusFirstWrong } from '../focus-first-wrong.ts'
import { FormPage } from '../form-page.tsx'
import { NewPasswordRules } from '../new-password-rules.tsx'
import { ProblemNotice } from '../problem-notice.tsx'
import { useSend } from '../use-send.ts'

type Activation = z.input<typeof activateRequest>

/**
 * Activates; where no answer came to the same before, the code may be used up by it: then she signs in with the password that
 * set. `lost` keeps what was not answered.
 */
async function activateOnce(api: Api, lost: { current: Activation | null }, asked: Activation): Promise<TokensReply> {
  try {
    return await api.activate(asked)
  } catch (error) {
    const { code } = toProblem(error)
    const { nim, password } = asked
    const isSame = lost.current?.nim === nim && lost.current.password === password
    if (code === 'no_network') lost.current = asked
    if (code !== 'wrong_code' || !isSame) throw error
    return await api.login({ nim, password }).catch(() => {
      throw error
    })
  }
}

/** First sign-in: the one-time code from the school, and a password of one's own. */
export function ActivateScreen() {
  const { api, session, router } = useApp()
  const { texts } = useTexts()
  const [nim, setNim] = useState('')
  const [code, setCode] = useState('')
  const [password, setPassword] = useState('')
  const [tried, setTried] = useState(false)
  const lost = useRef<Activation | null>(null)
  const { busy, problem, send } = useSend()
  const words = texts.activate
  const wrong = {
    nim: !nimSchema.safeParse(nim).success,
    code: !activateRequest.shape.code.safeParse(code).success,
    password: !passwordSchema.safeParse(password).success,
  }

  function submit(event: SubmitEvent): void {
    event.preventDefault()
    setTried(true)
    if (wrong.nim || wrong.code || wrong.password) {
      focusFirstWrong(event.currentTarget)
      return
    }
    send(() =>
      session.signIn(async () => {
        const reply = await activateOnce(api, lost, { nim: nim.trim(), code: code.trim(), password })
        router.go('home', 'replace')
        return reply
      }),
    )
  }

  return (
    <FormPage title={words.title}>
      <p class="soft">{words.lead}</p>
      {problem && <ProblemNotice problem={problem} />}
      <form class="form" noValidate onSubmit={submit}>
        <TextField
          name="nim"
          label={texts.signIn.nim}
          value={nim}
          onInput={setNim}
          error={tried && wrong.nim ? texts.signIn.needNim : ''}
          autocomplete="username"
        />
        <TextField
          name="code"
          label={words.code}
          value={code}
          onInput={setCode}
          error={tried && wrong.code ? words.needCode : ''}
          autocomplete="one-time-code"
        />
        <PasswordField
          name="password"
          label={words.password}
          value={password}
          onInput={setPassword}
          error={tried && wrong.password ? words.needPassword : ''}
          autocomplete="new-password"
          describedBy="password-rules"
          show={texts.signIn.show}
          hide={texts.signIn.hide}
        />
        <NewPasswordRules password={password} id="password-rules" />
        <Button type="submit" kind="primary" large wide busy={busy} testId="activate">
          {busy ? words.busy : words.button}
        </Button>
      </form>
      <p class="aside">
        {words.already} <a href="#/sign-in">{texts.signIn.button}</a>
      </p>
    </FormPage>
  )
}
