import { useState } from 'preact/hooks'
import { kioskApi } from '../../../../shared/contract/api/kiosk.ts'
import { Button } from '../../../ui/button.tsx'
import { useAdmin, useLanguage, useWords } from '../../app-context.ts'
import { formatMoment } from '../../format.ts'
import { DataTable } from '../../parts/data-table.tsx'
import { Form, Input } from '../../parts/inputs.tsx'
import { Modal } from '../../parts/modal.tsx'
import { ProblemLine } from '../../parts/problem-line.tsx'
import { useAct } from '../../parts/use-act.ts'
import { useAsk } from '../../parts/use-ask.ts'
import { common } from '../../texts.ts'
import { requestTexts } from './texts.ts'

/** A code for a new kiosk: it is typed at the kiosk, whose fingerprint is then compared. */
function PairDialog({ onClose }: { onClose: () => void }) {
  const words = useWords(requestTexts)
  const general = useWords(common)
  const { api } = useAdmin()
  const act = useAct()
  const [label, setLabel] = useState('')
  const [room, setRoom] = useState('')
  const [code, setCode] = useState('')
  const send = () =>
    act.run(async () => setCode((await api.call(kioskApi.makePairing, { body: { label, room, kelas: null } })).code))
  return (
    <Modal title={words.pair} onClose={onClose}>
      {code ? (
        <>
          <p>{words.pairBody}</p>
          <p class="code">{code}</p>
          <Button kind="primary" onPress={onClose}>
            {general.close}
          </Button>
        </>
      ) : (
        <Form onSend={send}>
          <Input label={words.label} required value={label} onChange={setLabel} />
          <Input label={words.room} required value={room} onChange={setRoom} />
          {act.problem && <ProblemLine problem={act.problem} />}
          <div class="row-actions end">
            <Button onPress={onClose}>{general.cancel}</Button>
            <Button kind="primary" type="submit" busy={act.busy}>
              {words.pair}
            </Button>
          </div>
        </Form>
      )}
    </Modal>
  )
}

/** Kiosks that wait to be paired, and those that are. */
export function Kiosks() {
  const words = useWords(requestTexts)
  const general = useWords(common)
  const language = useLanguage()
  const { api, toasts } = useAdmin()
  const act = useAct()
  const [pairing, setPairing] = useState(false)
  const [leaving, setLeaving] = useState<{ id: string; label: string } | null>(null)
  const waiting = useAsk('pairings', () => api.call(kioskApi.pairings))
  const kiosks = useAsk('kiosks', () => api.call(kioskApi.devices))
  const problem = act.problem ?? waiting.problem ?? kiosks.problem
  const reload = () => {
    waiting.reload()
    kiosks.reload()
  }
  const confirm = (id: string, fingerprint: string) =>
    act.run(async () => {
      await api.call(kioskApi.confirm, { params: { id }, body: { fingerprint } })
      toasts.say(words.paired)
      reload()
    })
  const revoke = (id: string) =>
    act.run(async () => {
      await api.call(kioskApi.revoke, { params: { id } })
      toasts.say(words.revoked)
      setLeaving(null)
      reload()
    })
  return (
    <>
      <div class="row-actions">
        <Button kind="primary" onPress={() => setPairing(true)}>
          {words.pair}
        </Button>
      </div>
      {problem && <ProblemLine problem={problem} onRetry={reload} />}
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
          { key: 'label', title: words.label, cell: (row) => row.label },
          { key: 'room', title: words.room, cell: (row) => row.room },
          { key: 'print', title: words.fingerprint, cell: (row) => row.fingerprint },
          { key: 'seen', title: words.lastSeen, cell: (row) => formatMoment(row.last_seen, language) },
          { key: 'status', title: words.status, cell: (row) => (row.status === 'active' ? words.active : words.gone) },
          {
            key: 'revoke',
            title: words.decide,
            cell: (row) =>
              row.status === 'active' && (
                <Button kind="danger" onPress={() => setLeaving(row)}>
                  {words.revoke}
                </Button>
              ),
          },
        ]}
      />
      {leaving && (
        <Modal title={words.revokeAsk(leaving.label)} onClose={() => setLeaving(null)}>
          <p>{words.revokeBody}</p>
          {act.problem && <ProblemLine problem={act.problem} />}
          <div class="row-actions end">
            <Button onPress={() => setLeaving(null)}>{general.cancel}</Button>
            <Button kind="danger" busy={act.busy} onPress={() => revoke(leaving.id)}>
              {words.revoke}
            </Button>
          </div>
        </Modal>
      )}
      {pairing && (
        <PairDialog
          onClose={() => {
            setPairing(false)
            waiting.reload()
          }}
        />
      )}
    </>
  )
}
