import { useEffect, useRef, useState } from 'preact/hooks'
import type { z } from 'zod'
import { isPresent } from '../../../shared/attendance/present.ts'
import { codeReply } from '../../../shared/contract/presence-code.ts'
import type { TodayReply } from '../../core/api.ts'
import { stayAwake } from '../../core/awake.ts'
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
type Seen = 'arrival' | 'leaving'

/** How often the page asks whether the teacher has confirmed, ms, and how long after the code's end it goes on, s. */
const ASK_EVERY = 4000
const ASK_AFTER = 120

const recordsOf = ({ sessions, absensi }: TodayReply) =>
  (sessions?.map((one) => one.absensi) ?? [absensi]).filter((record) => record !== null)

/** What a teacher has recorded by code since `before`; null: nothing. */
function newIn(now: TodayReply, before: TodayReply): Seen | null {
  const known = new Map(recordsOf(before).map((record) => [record.id, record.left_at ?? null]))
  for (const { id, left_at, method, status } of recordsOf(now)) {
    if (!known.has(id) && method === 'code' && isPresent(status)) return 'arrival'
    if (known.has(id) && left_at && left_at !== known.get(id)) return 'leaving'
  }
  return null
}

/** @param before how things stood when the code was drawn, and nobody had seen it */
function Shown(props: { code: Code; before: TodayReply; onSeen: (seen: Seen) => void; onOver: () => void }) {
  const { code, before, onSeen, onOver } = props
  const { api } = useApp()
  const words = useWords().code
  const left = useCountdown(code.expires_in)
  const isLive = left > 0
  useEffect(() => (isLive ? stayAwake() : onOver()), [isLive])
  useEffect(() => {
    let asked = 0
    const timer = setInterval(async () => {
      asked += ASK_EVERY / 1000
      if (asked > code.expires_in + ASK_AFTER) return clearInterval(timer)
      if (document.visibilityState !== 'visible') return
      const today = await api.today().catch(() => null)
      const seen = today && newIn(today, before)
      if (seen) onSeen(seen)
    }, ASK_EVERY)
    return () => clearInterval(timer)
  }, [code])
  return (
    <div class="card code-card" data-testid="code" data-live={isLive ? 'yes' : 'no'}>
      {isLive ? (
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

/** What a teacher has recorded; it takes the focus of the button that went. */
function SeenNotice({ seen }: { seen: Seen }) {
  const words = useWords().code
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => box.current?.focus(), [])
  return (
    <div ref={box} tabIndex={-1} role="status" data-testid="code-seen" data-kind={seen}>
      <Notice kind="info" title={seen === 'leaving' ? words.doneLeaving : words.done}>
        {seen === 'leaving' ? words.seenLeaving : words.seen}
      </Notice>
    </div>
  )
}

/** The way without a camera: a code that a teacher scans or types, and then confirms whom she sees. */
export function CodeScreen() {
  const { api } = useApp()
  const { texts } = useTexts()
  const words = useWords().code
  const [drawn, setDrawn] = useState<{ code: Code; before: TodayReply } | null>(null)
  const [seen, setSeen] = useState<Seen | null>(null)
  /** The digits for who listens, as long as they are good. */
  const [spoken, setSpoken] = useState('')
  const { busy, problem, send } = useSend()
  const draw = () =>
    send(async () => {
      const before = await api.today()
      const code = await api.send({ method: 'POST', path: 'absensi/code', body: {}, reply: codeReply })
      setDrawn({ code, before })
      setSpoken([...code.code].join(' '))
    })
  return (
    <Screen title={words.title} app={texts.app} class="page" before={<WayBack to="home" />}>
      {seen ? (
        <SeenNotice seen={seen} />
      ) : (
        <>
          <p class="lead">{words.lead}</p>
          {problem && <ProblemNotice problem={problem} detail={problem.detail || undefined} />}
          <p role="status" class="hidden-text">
            {spoken}
          </p>
          {drawn && <Shown key={drawn.code.code} {...drawn} onSeen={setSeen} onOver={() => setSpoken('')} />}
          <Button kind={drawn ? 'plain' : 'primary'} large={!drawn} wide busy={busy} testId="draw-code" onPress={draw}>
            {drawn ? words.again : words.get}
          </Button>
          <p class="soft fine">{words.hint}</p>
        </>
      )}
    </Screen>
  )
}
