import { useState } from 'preact/hooks'
import { faceAdminApi } from '../../../../shared/contract/api/face-admin.ts'
import { settleCaseRequest } from '../../../../shared/contract/face.ts'
import { Button } from '../../../ui/button.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { useAdmin, useLanguage, useWords } from '../../app-context.ts'
import { formatMoment } from '../../format.ts'
import { Form, Input, Select } from '../../parts/inputs.tsx'
import { Modal } from '../../parts/modal.tsx'
import { ProblemLine } from '../../parts/problem-line.tsx'
import { useAct } from '../../parts/use-act.ts'
import { common } from '../../texts.ts'
import { QueueTable } from './queue-table.tsx'
import { requestTexts } from './texts.ts'
import { useQueue } from './use-queue.ts'

const DECISIONS = settleCaseRequest.shape.decision.options

function Settle({
  id,
  names,
  onClose,
  onDone,
}: {
  id: string
  names: string
  onClose: () => void
  onDone: () => void
}) {
  const words = useWords(requestTexts)
  const general = useWords(common)
  const { api } = useAdmin()
  const act = useAct()
  const [decision, setDecision] = useState<string>('two_people')
  const [reason, setReason] = useState('')
  const send = () =>
    act.run(async () => {
      const body = settleCaseRequest.parse({ decision, reason })
      await api.call(faceAdminApi.settleCase, { params: { id }, body })
      onDone()
    })
  return (
    <Modal title={names} onClose={onClose}>
      <Form onSend={() => reason.trim().length >= 3 && send()}>
        <Select
          label={words.decide}
          value={decision}
          onChange={setDecision}
          options={DECISIONS.map((name) => [name, words[name]])}
        />
        <Input label={words.reason} value={reason} onChange={setReason} />
        {act.problem && <ProblemLine problem={act.problem} />}
        <div class="row-actions end">
          <Button onPress={onClose}>{general.cancel}</Button>
          <Button kind="primary" type="submit" busy={act.busy} disabled={reason.trim().length < 3}>
            {words.settle}
          </Button>
        </div>
      </Form>
    </Modal>
  )
}

/** Faces that looked like somebody else's when they were enrolled. */
export function CaseQueue() {
  const words = useWords(requestTexts)
  const language = useLanguage()
  const { api } = useAdmin()
  const [settling, setSettling] = useState<{ id: string; names: string } | null>(null)
  const queue = useQueue((place) => api.call(faceAdminApi.cases, { query: { ...place } }))
  return (
    <>
      <Notice kind="info">{words.casesBody}</Notice>
      <QueueTable
        caption={words.cases}
        queue={queue}
        columns={[
          { key: 'person', title: words.person, cell: ({ person }) => `${person.name} (${person.kelas ?? '–'})` },
          { key: 'other', title: words.other, cell: ({ other }) => `${other.name} (${other.kelas ?? '–'})` },
          { key: 'since', title: words.since, cell: (row) => formatMoment(row.created_at, language) },
        ]}
        decision={({ id, person, other }) => (
          <Button onPress={() => setSettling({ id, names: `${person.name} / ${other.name}` })}>{words.settle}</Button>
        )}
      />
      {settling && (
        <Settle
          {...settling}
          onClose={() => setSettling(null)}
          onDone={() => {
            setSettling(null)
            queue.reload()
          }}
        />
      )}
    </>
  )
}
