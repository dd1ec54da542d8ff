import { useEffect, useRef, useState } from 'preact/hooks'
import type { z } from 'zod'
import { presenceCodeApi } from '../../../../shared/contract/api/presence-code.ts'
import type { redeemCodeReply } from '../../../../shared/contract/presence-code.ts'
import { Button } from '../../../ui/button.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { useAdmin, useLanguage, useWords } from '../../app-context.ts'
import { formatMoment } from '../../format.ts'
import { Form, Input } from '../../parts/inputs.tsx'
import { onePress } from '../../parts/one-press.ts'
import { Page } from '../../parts/page.tsx'
import { ProblemLine } from '../../parts/problem-line.tsx'
import { useAct } from '../../parts/use-act.ts'
import { common } from '../../texts.ts'
import { CodeScanner } from './code-scanner.tsx'
import { codeTexts } from './texts.ts'

type Redeemed = z.output<typeof redeemCodeReply>

/** `/code`: the way without a camera. The code says who it is, the teacher who sees her records her. */
export function CodePart() {
  const words = useWords(codeTexts)
  const { api } = useAdmin()
  const act = useAct()
  const [typed, setTyped] = useState('')
  const [redeemed, setRedeemed] = useState<Redeemed | null>(null)
  const [wrong, setWrong] = useState(false)
  const [scanning, setScanning] = useState(false)
  const section = useRef<HTMLElement>(null)
  const answered = useRef<Redeemed | null>(null)
  // What had the focus is gone with the form, or with the answer.
  useEffect(() => {
    if (redeemed !== answered.current) section.current?.querySelector<HTMLElement>(redeemed ? 'h2' : 'input')?.focus()
    answered.current = redeemed
  }, [redeemed])
  const code = typed.replace(/\D/g, '')

  const look = () => {
    setWrong(code.length !== 6)
    if (code.length === 6) find(code)
    else section.current?.querySelector<HTMLElement>('input')?.focus()
  }
  // Where the code was looked up by a double click, its second press is no yes to somebody nobody has looked at.
  const find = (digits: string) =>
    act.run(onePress(async () => setRedeemed(await api.call(presenceCodeApi.redeem, { body: { code: digits } }))))
  const scanned = (digits: string) => {
    setScanning(false)
    setTyped(digits)
    find(digits)
  }
  const confirm = (id: string) =>
    act.run(async () => setRedeemed(await api.call(presenceCodeApi.redeem, { body: { code, confirm: id } })))
  const again = () => {
    act.clear()
    setTyped('')
    setRedeemed(null)
  }
  return (
    <Page title={words.title} lead={words.lead}>
      <section class="panel" ref={section}>
        {scanning ? (
          <CodeScanner onCode={scanned} onClose={() => setScanning(false)} />
        ) : redeemed === null ? (
          <Form onSend={look}>
            <Input
              label={words.code}
              value={typed}
              onChange={setTyped}
              hint={words.hint}
              error={wrong ? words.format : undefined}
              testId="presence-code"
            />
            <div class="row-actions">
              <Button kind="primary" type="submit" busy={act.busy} testId="look-up">
                {words.look}
              </Button>
              <Button onPress={() => setScanning(true)} testId="scan">
                <Icon name="camera" size={20} />
                {words.scan}
              </Button>
            </div>
          </Form>
        ) : (
          <Redeem redeemed={redeemed} busy={act.busy} onConfirm={confirm} onAgain={again} />
        )}
        {act.problem && <ProblemLine problem={act.problem} />}
      </section>
    </Page>
  )
}

/** Whose the code is, then what was recorded. */
function Redeem(props: {
  readonly redeemed: Redeemed
  readonly busy: boolean
  readonly onConfirm: (id: string) => void
  readonly onAgain: () => void
}) {
  const words = useWords(codeTexts)
  const general = useWords(common)
  const language = useLanguage()
  const { result, person, message, confirm_within, absensi } = props.redeemed
  const asks = result === 'confirm'
  return (
    <div class="stack" role="status" data-testid="redeemed" data-result={result}>
      <h2 tabIndex={-1}>{person.name}</h2>
      <p class="muted">{[person.kelas, person.nim].filter(Boolean).join(' · ')}</p>
      {asks ? (
        <p>
          {words.who} {words.within(String(confirm_within))}
        </p>
      ) : (
        <Notice kind="info">
          <span>{message}</span>
          {absensi && (
            <span>
              {general.status[absensi.status]} · {formatMoment(absensi.time, language)}
            </span>
          )}
        </Notice>
      )}
      <div class="row-actions">
        {asks && (
          <Button kind="primary" busy={props.busy} onPress={() => props.onConfirm(person.id)} testId="confirm-person">
            {words.yes}
          </Button>
        )}
        <Button onPress={props.onAgain} testId="next-code">
          {asks ? words.no : words.another}
        </Button>
      </div>
    </div>
  )
}
