import { useEffect, useState } from 'preact/hooks'
import type { z } from 'zod'
import { kioskApi } from '../../../../shared/contract/api/kiosk.ts'
import type { kioskSchema } from '../../../../shared/contract/kiosk.ts'
import { Button } from '../../../ui/button.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { useAdmin, useWords } from '../../app-context.ts'
import { DataTable } from '../../parts/data-table.tsx'
import { poll } from '../../parts/poll.ts'
import { ProblemLine } from '../../parts/problem-line.tsx'
import { Sure } from '../../parts/sure.tsx'
import { useAct } from '../../parts/use-act.ts'
import { useAsk } from '../../parts/use-ask.ts'
import { kioskTexts } from './kiosk-texts.ts'
import { KioskTold, Seen } from './kiosk-told.tsx'
import { MoveDialog } from './move-dialog.tsx'
import { PairDialog } from './pair-dialog.tsx'
import { PinDialog } from './pin-dialog.tsx'
import { requestTexts } from './texts.ts'

/** How often it is asked whether a kiosk has come, ms. */
const LOOK_MS = 3_000

/** Kiosks that wait to be paired, and those that are. */
export function Kiosks() {
  const words = useWords(requestTexts)
  const told = useWords(kioskTexts)
  const { api, toasts } = useAdmin()
  const act = useAct()
  const [pairing, setPairing] = useState(false)
  /** The pairing whose code is shown. */
  const [made, setMade] = useState('')
  const [leaving, setLeaving] = useState<{ id: string; label: string } | null>(null)
  const [moving, setMoving] = useState<z.output<typeof kioskSchema> | null>(null)
  const [asksPin, setAsksPin] = useState(false)
  const waiting = useAsk('pairings', () => api.call(kioskApi.pairings))
  const kiosks = useAsk('kiosks', () => api.call(kioskApi.devices))
  const problem = act.problem ?? waiting.problem ?? kiosks.problem
  const reload = () => Promise.all([waiting.reload(), kiosks.reload()])
  const isPairing = (waiting.data?.pairings.length ?? 0) > 0
  useEffect(() => {
    if (!isPairing) return
    const look = async () => {
      const { pairings } = await api.call(kioskApi.pairings)
      await Promise.all([waiting.reload(), ...(pairings.length === 0 ? [kiosks.reload()] : [])])
      return pairings.length === 0
    }
    // The kiosk comes when somebody types the code there.
    return poll({ look, every: LOOK_MS, onProblem: () => undefined })
  }, [isPairing])
  const hasCome = waiting.data?.pairings.some(({ id, state }) => id === made && state === 'waiting') ?? false
  useEffect(() => {
    if (!hasCome || !pairing) return
    // The code is spent: what is to be done now stands behind it.
    setPairing(false)
    toasts.say(told.hasCome)
  }, [hasCome])
  const confirm = (id: string, fingerprint: string) =>
    act.run(async () => {
      await api.call(kioskApi.confirm, { params: { id }, body: { fingerprint } })
      toasts.say(words.paired)
      await reload()
    })
  const revoke = (id: string) =>
    act.run(async () => {
      await api.call(kioskApi.revoke, { params: { id } })
      toasts.say(words.revoked)
      await reload()
      setLeaving(null)
    })
  const isOpen = kiosks.data?.has_pin === false && kiosks.data.kiosks.some(({ status }) => status === 'active')
  return (
    <>
      <div class="row-actions">
        <Button kind="primary" onPress={() => setPairing(true)}>
          {words.pair}
        </Button>
        {kiosks.data && (
          <Button onPress={() => setAsksPin(true)} testId="ask-kiosk-pin">
            {told.pin}
          </Button>
        )}
      </div>
      {isOpen && <Notice kind="warn">{told.noPin}</Notice>}
      {problem && <ProblemLine problem={problem} onRetry={act.again(reload)} />}
      {(waiting.data?.pairings ?? []).map(({ id, label, room, state, fingerprint }) => (
        <section key={id} class="panel" aria-label={label}>
          <h2>
            {label} · {room}
          </h2>
          {fingerprint === null || state === 'open' ? (
            <p class="muted">{words.open}</p>
          ) : (
            <>
              <p>
                {words.fingerprint}: <span class="code">{fingerprint}</span>
              </p>
              <p>{words.compare}</p>
              <div class="row-actions">
                <Button kind="primary" onPress={() => confirm(id, fingerprint)}>
                  {words.same}
                </Button>
              </div>
            </>
          )}
        </section>
      ))}
      <DataTable
        caption={words.kiosks}
        rows={kiosks.data?.kiosks ?? null}
        keyOf={(row) => row.id}
        empty={{ title: words.noKiosks, body: words.noKiosksBody }}
        columns={[
          {
            key: 'label',
            title: words.label,
            cell: (row) => (
              <span class="stacked">
                <strong>{row.label}</strong>
                <span class="muted">
                  {row.room} · {row.kelas?.join(', ') ?? told.allKelas}
                </span>
              </span>
            ),
          },
          { key: 'print', title: words.fingerprint, cell: (row) => row.fingerprint },
          { key: 'seen', title: words.lastSeen, cell: (row) => <Seen kiosk={row} /> },
          { key: 'told', title: told.title, wide: true, cell: (row) => <KioskTold told={row.told} /> },
          { key: 'status', title: words.status, cell: (row) => (row.status === 'active' ? words.active : words.gone) },
          {
            key: 'revoke',
            title: words.act,
            cell: (row) =>
              row.status === 'active' && (
                <span class="row-actions tight">
                  <Button onPress={() => setMoving(row)} testId="move-kiosk">
                    {told.move}
                  </Button>
                  <Button kind="danger" onPress={() => setLeaving(row)}>
                    {words.revoke}
                  </Button>
                </span>
              ),
          },
        ]}
      />
      {leaving && (
        <Sure
          danger
          title={words.revokeAsk(leaving.label)}
          body={words.revokeBody}
          confirm={words.revokeKiosk}
          act={act}
          onConfirm={() => revoke(leaving.id)}
          onClose={() => setLeaving(null)}
        />
      )}
      {moving && (
        <MoveDialog
          kiosk={moving}
          onClose={() => setMoving(null)}
          onDone={async () => {
            await reload()
            setMoving(null)
          }}
        />
      )}
      {asksPin && (
        <PinDialog
          hasPin={kiosks.data?.has_pin ?? false}
          onClose={() => setAsksPin(false)}
          onDone={async () => {
            await reload()
            setAsksPin(false)
          }}
        />
      )}
      {pairing && (
        <PairDialog
          onMade={(id) => {
            setMade(id)
            waiting.reload()
          }}
          onClose={() => {
            setPairing(false)
            waiting.reload()
          }}
        />
      )}
    </>
  )
}
