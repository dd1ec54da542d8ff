import { useEffect, useState } from 'preact/hooks'
import type { z } from 'zod'
import { checkStatusReply } from '../../../shared/contract/absensi.ts'
import { codeReply } from '../../../shared/contract/presence-code.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { QrDrawing } from '../../ui/qr-drawing.tsx'
import { Screen } from '../../ui/screen.tsx'
import { useCountdown } from '../../ui/use-seconds.ts'
import { useApp, useTexts } from '../app-context.ts'
import { ProblemNotice } from '../problem-notice.tsx'
import { useSend } from '../use-send.ts'
import { useWords } from '../use-words.ts'
import { WayBack } from '../way-back.tsx'

type Code = z.infer<typeof codeReply>

/** How often the page asks whether the teacher has confirmed, ms, and how long after the code's end it goes on, s. */
const ASK_EVERY = 4000
const ASK_AFTER = 120

function Shown({ code, onSeen }: { code: Code; onSeen: () => void }) {
  const { api } = useApp()
  const words = useWords().code
  const left = useCountdown(code.expires_in)
  useEffect(() => {
    let asked = 0
    const timer = setInterval(async () => {
      asked += ASK_EVERY / 1000
      if (asked > code.expires_in + ASK_AFTER) return clearInterval(timer)
      if (document.visibilityState !== 'visible') return
      const status = await api
        .send({ method: 'GET', path: 'absensi/check-status', reply: checkStatusReply })
        .catch(() => null)
      if (status?.absensi?.method === 'code' && status.has_attended) onSeen()
    }, ASK_EVERY)
    return () => clearInterval(timer)
  }, [code])
  return (
    <div class="card code-card" data-testid="code" data-live={left > 0 ? 'yes' : 'no'}>
      {left > 0 ? (
        <>
          <QrDrawing text={code.code} label={words.drawing} />
          <p class="code-digits numbers">{`${code.code.slice(0, 3)} ${code.code.slice(3)}`}</p>
          <p class="soft numbers">{words.left(left)}</p>
        </>
      ) : (
        <p role="status">{words.over}</p>
      )}
    </div>
  )
}

/** The way without a camera: a code that a teacher scans or types, and then confirms whom she sees. */
export function CodeScreen() {
  const { api } = useApp()
  const { texts } = useTexts()
  const words = useWords().code
  const [code, setCode] = useState<Code | null>(null)
  const [seen, setSeen] = useState(false)
  const { busy, problem, send } = useSend()
  const draw = () =>
    send(async () => setCode(await api.send({ method: 'POST', path: 'absensi/code', body: {}, reply: codeReply })))
  return (
    <Screen title={words.title} app={texts.app} class="page" before={<WayBack to="home" />}>
      {seen ? (
        <div role="status" data-testid="code-seen">
          <Notice kind="info" title={words.done}>
            {words.seen}
          </Notice>
        </div>
      ) : (
        <>
          <p class="lead">{words.lead}</p>
          {problem && <ProblemNotice problem={problem} detail={problem.detail || undefined} />}
          {code && <Shown key={code.code} code={code} onSeen={() => setSeen(true)} />}
          <Button kind={code ? 'plain' : 'primary'} large={!code} wide busy={busy} testId="draw-code" onPress={draw}>
            {code ? words.again : words.get}
          </Button>
          <p class="soft fine">{words.hint}</p>
        </>
      )}
    </Screen>
  )
}
