import { useEffect, useRef, useState } from 'preact/hooks'
import type { z } from 'zod'
import { izinListReply, izinReply, type izinSchema } from '../../../shared/contract/izin.ts'
import { formatDays, schoolDay } from '../../core/clock.ts'
import { Button } from '../../ui/button.tsx'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Screen } from '../../ui/screen.tsx'
import { useApp, useTexts } from '../app-context.ts'
import { IzinForm } from '../izin-form.tsx'
import { OfflineNotice } from '../offline-notice.tsx'
import { ProblemNotice } from '../problem-notice.tsx'
import { useFocusInside } from '../use-focus-inside.ts'
import { useKept } from '../use-kept.ts'
import { useSend } from '../use-send.ts'
import { useWords } from '../use-words.ts'

type Izin = z.infer<typeof izinSchema>

/** Requests shown at first, and with each step further back. */
const STEP = 20

const KINDS: Readonly<Record<Izin['state'], string>> = { open: 'warn', approved: 'good', refused: 'bad', withdrawn: '' }

/** A person's own requests for days off: asking, seeing what became of them, withdrawing. */
export function IzinScreen() {
  const { api } = useApp()
  const { texts, language } = useTexts()
  const words = useWords().izin
  const [asking, setAsking] = useState(false)
  const [said, setSaid] = useState<'sent' | 'withdrawn' | null>(null)
  const heading = useRef<HTMLHeadingElement>(null)
  const column = useFocusInside<HTMLDivElement>(asking)
  const [limit, setLimit] = useState(STEP)
  const [leaving, setLeaving] = useState<Izin | null>(null)
  const { busy, problem, send } = useSend()
  const list = useKept('izin', izinListReply, () =>
    api.send({ method: 'GET', path: `izin?limit=${limit}`, reply: izinListReply }),
  )
  const shown = useRef(limit)
  useEffect(() => {
    if (shown.current !== limit) list.reload()
    shown.current = limit
  }, [limit])
  const requests = list.data?.value.data ?? []
  const daysOf = ({ from_date: from, until_date: until }: Izin) => formatDays(from, until, language)

  const withdraw = ({ id }: Izin) =>
    send(async () => {
      setLeaving(null)
      await api.send({ method: 'DELETE', path: `izin/${id}`, reply: izinReply })
      setSaid('withdrawn')
      // The button that was pressed goes with the request.
      heading.current?.focus()
      list.reload()
    })

  return (
    <Screen title={words.title} app={texts.app} class="page wide">
      <p class="lead">{words.lead}</p>
      <OfflineNotice keptAt={list.data?.keptAt ?? null} onRetry={list.reload} />
      <div role="status">{said && <Notice kind="info">{words[said]}</Notice>}</div>
      {list.problem && <ProblemNotice problem={list.problem} onRetry={list.reload} />}
      <div class="column" ref={column}>
        {asking ? (
          <IzinForm
            today={schoolDay()}
            onCancel={() => setAsking(false)}
            onSent={() => {
              setAsking(false)
              setSaid('sent')
              list.reload()
            }}
          />
        ) : (
          <Button
            kind="primary"
            large
            wide
            testId="ask-izin"
            onPress={() => {
              setSaid(null)
              setAsking(true)
            }}
          >
            <Icon name="mail" /> {words.ask}
          </Button>
        )}
        {problem && <ProblemNotice problem={problem} />}
      </div>
      <section class="card" aria-labelledby="izin-list" aria-busy={list.data || list.problem ? undefined : 'true'}>
        <h2 id="izin-list" ref={heading} tabIndex={-1}>
          {words.list}
        </h2>
        {list.data && requests.length === 0 && <p class="soft">{words.none}</p>}
        <ul class="list">
          {requests.map((one) => (
            <li key={one.id}>
              <div>
                <span class="row-name">{words.kinds[one.kind]}</span>
                <span class="soft">{daysOf(one)}</span>
                <span class="soft">{one.reason}</span>
                {one.note && <span class="soft">{words.answer(one.note)}</span>}
              </div>
              <div class="list-end">
                <span class={`pill ${KINDS[one.state]}`}>{words.state[one.state]}</span>
                {one.state === 'open' && (
                  <Button
                    kind="quiet"
                    busy={busy}
                    label={words.withdrawOf(daysOf(one))}
                    onPress={() => setLeaving(one)}
                  >
                    {words.withdraw}
                  </Button>
                )}
              </div>
            </li>
          ))}
        </ul>
        {list.data && list.data.value.total > requests.length && (
          <Button wide onPress={() => setLimit(limit + STEP)}>
            {words.more}
          </Button>
        )}
      </section>
      <ConfirmDialog open={leaving !== null} title={words.sure} body={words.sureBody} onClose={() => setLeaving(null)}>
        <Button kind="danger" wide testId="withdraw-yes" onPress={() => leaving && withdraw(leaving)}>
          {words.yes}
        </Button>
        <Button wide onPress={() => setLeaving(null)}>
          {words.no}
        </Button>
      </ConfirmDialog>
    </Screen>
  )
}
