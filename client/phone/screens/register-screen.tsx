import { useState } from 'preact/hooks'
import { nimSchema, okReply, passwordSchema } from '../../../shared/contract/auth.ts'
import { registerRequest } from '../../../shared/contract/people.ts'
import { Button } from '../../ui/button.tsx'
import { PasswordField, TextField } from '../../ui/field.tsx'
import { Notice } from '../../ui/notice.tsx'
import { useApp, useTexts } from '../app-context.ts'
import { focusFirstWrong } from '../focus-first-wrong.ts'
import { FormPage } from '../form-page.tsx'
import { NewPasswordRules } from '../new-password-rules.tsx'
import { ProblemNotice } from '../problem-notice.tsx'
import { useFocusInside } from '../use-focus-inside.ts'
import { useSend } from '../use-send.ts'
import { useWords } from '../use-words.ts'

const { name: nameSchema, email: emailSchema, kelas: kelasSchema } = registerRequest.shape

/**
 * Asks the school for an account, where it allows that. Nobody is told here whether a NIM is known: the answer is always that
 * it waits for the office.
 */
export function RegisterScreen() {
  const { api } = useApp()
  const { texts } = useTexts()
  const words = useWords().register
  const [form, setForm] = useState({ nim: '', name: '', kelas: '', email: '', password: '' })
  const [tried, setTried] = useState(false)
  const [sent, setSent] = useState(false)
  const { busy, problem, send } = useSend()
  const place = useFocusInside<HTMLDivElement>(sent)
  const wrong = {
    nim: !nimSchema.safeParse(form.nim).success,
    name: !nameSchema.safeParse(form.name).success,
    kelas: form.kelas.trim() !== '' && !kelasSchema.safeParse(form.kelas).success,
    email: form.email.trim() !== '' && !emailSchema.safeParse(form.email.trim()).success,
    password: !passwordSchema.safeParse(form.password).success,
  }
  const field = (name: keyof typeof form, error: string) => ({
    name,
    value: form[name],
    onInput: (value: string) => setForm((old) => ({ ...old, [name]: value })),
    error: tried && wrong[name] ? error : '',
  })

  function submit(event: SubmitEvent): void {
    event.preventDefault()
    setTried(true)
    if (Object.values(wrong).includes(true)) {
      focusFirstWrong(event.currentTarget)
      return
    }
    const [kelas, email] = [form.kelas.trim(), form.email.trim()]
    const body = {
      nim: form.nim.trim(),
      name: form.name.trim(),
      password: form.password,
      ...(kelas === '' ? {} : { kelas }),
      ...(email === '' ? {} : { email }),
    }
    send(async () => {
      await api.send({ method: 'POST', path: 'auth/register', body, reply: okReply, auth: 'none' })
      setSent(true)
    })
  }

  return (
    <FormPage title={words.title}>
      <div role="status">
        {sent && (
          <Notice kind="info" title={words.sent}>
            {words.sentBody}
          </Notice>
        )}
      </div>
      {sent ? (
        <div class="actions" ref={place}>
          <a class="button primary large wide" href="#/sign-in" data-testid="to-sign-in">
            {words.toSignIn}
          </a>
        </div>
      ) : (
        <>
          <p class="soft">{words.lead}</p>
          {problem && <ProblemNotice problem={problem} />}
          <form class="form" noValidate onSubmit={submit}>
            <TextField label={texts.signIn.nim} autocomplete="username" {...field('nim', texts.signIn.needNim)} />
            <TextField label={words.name} autocomplete="name" {...field('name', words.needName)} />
            <TextField label={words.kelas} autocomplete="off" optional {...field('kelas', words.wrongKelas)} />
            <TextField label={words.email} autocomplete="email" optional {...field('email', words.wrongEmail)} />
            <PasswordField
              label={texts.signIn.password}
              autocomplete="new-password"
              describedBy="password-rules"
              show={texts.signIn.show}
              hide={texts.signIn.hide}
              {...field('password', texts.activate.needPassword)}
            />
            <NewPasswordRules password={form.password} id="password-rules" />
            <Button type="submit" kind="primary" large wide busy={busy} testId="register">
              {busy ? words.busy : words.button}
            </Button>
          </form>
          <p class="aside">
            {texts.activate.already} <a href="#/sign-in">{texts.signIn.button}</a>
          </p>
        </>
      )}
    </FormPage>
  )
}
