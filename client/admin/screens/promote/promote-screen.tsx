import { useState } from 'preact/hooks'
import { studentsApi } from '../../../../shared/contract/api/students.ts'
import { isUnanswered } from '../../../core/api-problem.ts'
import { Button } from '../../../ui/button.tsx'
import { Notice } from '../../../ui/notice.tsx'
import type { Answer } from '../../api.ts'
import { useAdmin, useLanguage, useWords } from '../../app-context.ts'
import { formatCount } from '../../format.ts'
import { DataTable } from '../../parts/data-table.tsx'
import { Form } from '../../parts/inputs.tsx'
import { listKelas } from '../../parts/list-kelas.ts'
import { Page } from '../../parts/page.tsx'
import { ProblemLine } from '../../parts/problem-line.tsx'
import { Sure } from '../../parts/sure.tsx'
import { useAct } from '../../parts/use-act.ts'
import { useAsk } from '../../parts/use-ask.ts'
import { addressOf } from '../../router.ts'
import { type Move, MoveRow, proposeMove } from './move-row.tsx'
import { promoteTexts } from './texts.ts'

type Preview = Answer<typeof studentsApi.promote>

const emptyMove = (key: number): Move => ({ key, from: '', to: '', leaves: false })
const isWhole = ({ from, to, leaves }: Move) => from !== '' && (leaves || (to.trim() !== '' && to.trim() !== from))

function Shown({ preview, busy, onConfirm }: { preview: Preview; busy: boolean; onConfirm: () => void }) {
  const words = useWords(promoteTexts)
  const language = useLanguage()
  const [asking, setAsking] = useState(false)
  const total = formatCount(preview.total, language)
  const left = preview.moves.filter(({ to }) => to === null).reduce((sum, { students }) => sum + students, 0)
  return (
    <section class="panel" data-testid="promote-preview">
      <h2>{words.previewTitle}</h2>
      <p role="status">{preview.total === 0 ? words.nobody : words.total(total)}</p>
      <DataTable
        caption={words.previewTitle}
        rows={preview.moves}
        keyOf={({ from }) => from}
        columns={[
          { key: 'from', title: words.from, cell: ({ from }) => from },
          { key: 'to', title: words.to, cell: ({ to }) => to ?? words.leaves },
          { key: 'n', title: words.students, numeric: true, cell: ({ students }) => formatCount(students, language) },
        ]}
      />
      {preview.total > 0 && (
        <div class="row-actions end">
          <Button kind="primary" busy={busy} onPress={() => setAsking(true)} testId="promote">
            {words.confirm(total)}
          </Button>
        </div>
      )}
      {asking && (
        <Sure
          title={words.sure}
          body={words.sureBody(total, formatCount(left, language))}
          confirm={words.confirm(total)}
          onClose={() => setAsking(false)}
          onConfirm={() => {
            setAsking(false)
            onConfirm()
          }}
        />
      )}
    </section>
  )
}

/** `/students/promote`: classes and where they go, how many that moves, and the act: the very students that were shown. */
export function PromoteScreen() {
  const words = useWords(promoteTexts)
  const language = useLanguage()
  const { api, toasts, router } = useAdmin()
  const act = useAct()
  const kelas = useAsk('kelas', () => listKelas(api))
  const known = kelas.data ?? []
  const [moves, setMoves] = useState<readonly Move[]>([emptyMove(0)])
  const [preview, setPreview] = useState<Preview | null>(null)
  const change = (next: readonly Move[]) => {
    setMoves(next)
    setPreview(null)
  }
  const whole = moves.every(isWhole)
  const twice = new Set(moves.map(({ from }) => from)).size < moves.length
  const ready = moves.length > 0 && whole && !twice
  const asked = moves.map(({ from, to, leaves }) => ({ from, to: leaves ? null : to.trim() }))
  const look = () =>
    act.run(async () => setPreview(await api.call(studentsApi.promote, { body: { mode: 'preview', moves: asked } })))
  const commit = ({ fingerprint }: Preview) =>
    act.run(async () => {
      const body = { mode: 'commit', moves: asked, fingerprint } as const
      const { total } = await api.call(studentsApi.promote, { body }).catch((error: unknown) => {
        // Where no answer came it may be done: only with the same preview will the server say so.
        if (!isUnanswered(error)) setPreview(null)
        throw error
      })
      toasts.say(words.done(formatCount(total, language)))
      router.go(['students'])
    })
  const last = moves.at(-1)?.key ?? 0
  return (
    <Page title={words.title} lead={words.lead}>
      <a href={addressOf(['students'])}>← {words.back}</a>
      <section class="panel">
        <Form onSend={() => ready && look()}>
          <ul class="moves">
            {moves.map((move) => (
              <MoveRow
                key={move.key}
                move={move}
                known={known}
                onChange={(changed) => change(moves.map((one) => (one.key === changed.key ? changed : one)))}
                onRemove={() => change(moves.filter(({ key }) => key !== move.key))}
              />
            ))}
          </ul>
          {twice && <Notice kind="warn">{words.twice}</Notice>}
          <div class="row-actions">
            <Button onPress={() => change([...moves, emptyMove(last + 1)])} testId="add-move">
              {words.add}
            </Button>
            <Button
              disabled={known.length === 0}
              onPress={() => change(known.map((from, key) => ({ key, ...proposeMove(from) })))}
              testId="all-moves"
            >
              {words.all}
            </Button>
            <Button kind="primary" type="submit" busy={act.busy} disabled={!ready} testId="promote-look">
              {words.preview}
            </Button>
          </div>
        </Form>
        {kelas.problem && <ProblemLine problem={kelas.problem} onRetry={kelas.reload} />}
        {act.problem && <ProblemLine problem={act.problem} />}
      </section>
      {preview && <Shown preview={preview} busy={act.busy} onConfirm={() => commit(preview)} />}
    </Page>
  )
}
