import { useEffect, useRef, useState } from 'preact/hooks'
import { Button } from '../../../ui/button.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { useAdmin, useWords } from '../../app-context.ts'
import { bilingual } from '../../language.ts'
import { Form, Input } from '../../parts/inputs.tsx'
import { ProblemLine } from '../../parts/problem-line.tsx'
import { useAct } from '../../parts/use-act.ts'
import { LanguageSwitch } from '../../shell.tsx'
import { common } from '../../texts.ts'

const texts = bilingual(
  {
    title: 'Masuk ke konsol',
    lead: 'Untuk kantor sekolah dan guru.',
    nim: 'Nomor pegawai atau nama masuk',
    button: 'Masuk',
    ended: 'Sesi masukmu sudah berakhir. Silakan masuk lagi.',
    students: 'Siswa? Absen di sini',
    forgotten: 'Lupa kata sandi? Minta kode baru kepada admin sekolah, lalu aktifkan akunmu lagi di halaman siswa.',
  },
  {
    title: 'Sign in to the console',
    lead: 'For the school office and teachers.',
    nim: 'Staff number or sign-in name',
    button: 'Sign in',
    ended: 'Your session has ended. Please sign in again.',
    students: 'A student? Check in here',
    forgotten:
      'Forgotten your password? Ask a school admin for a new code, and activate your account anew on the students’ page.',
  },
)

/** The door of the console. */
export function SignInScreen({ ended }: { ended: boolean }) {
  const words = useWords(texts)
  const general = useWords(common)
  const { api, session } = useAdmin()
  const act = useAct()
  const [nim, setNim] = useState('')
  const [password, setPassword] = useState('')
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    // What had the focus went with the screen before; and whoever has been here is led to the next one's heading.
    if (ended) heading.current?.focus()
    document.body.dataset.visited = 'yes'
  }, [])
  useEffect(() => {
    document.title = `${words.title} · ${general.app}`
  }, [words, general])
  const send = () => act.run(() => session.signIn(() => api.login({ nim: nim.trim(), password })))
  return (
    <main id="main" class="gate">
      <LanguageSwitch />
      <p class="console-name">
        <Icon name="face" size={28} />
        {general.app}
      </p>
      <h1 ref={heading} tabIndex={-1}>
        {words.title}
      </h1>
      <p class="muted">{words.lead}</p>
      {ended && (
        <Notice kind="warn" alert>
          {words.ended}
        </Notice>
      )}
      <Form onSend={send}>
        <Input label={words.nim} value={nim} onChange={setNim} autocomplete="username" required testId="nim" />
        <Input
          label={general.password}
          type="password"
          value={password}
          onChange={setPassword}
          autocomplete="current-password"
          required
          testId="password"
        />
        {act.problem && <ProblemLine problem={act.problem} />}
        <Button kind="primary" type="submit" wide busy={act.busy} testId="sign-in">
          {words.button}
        </Button>
      </Form>
      <p class="hint">{words.forgotten}</p>
      <a href="/">{words.students}</a>
    </main>
  )
}
