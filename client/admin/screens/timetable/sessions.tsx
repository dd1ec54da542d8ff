import { useState } from 'preact/hooks'
import { timetableApi } from '../../../../shared/contract/api/timetable.ts'
import { formatTime } from '../../../core/clock.ts'
import { Button } from '../../../ui/button.tsx'
import { useAdmin, useLanguage, useMe, useWords } from '../../app-context.ts'
import { type Column, DataTable } from '../../parts/data-table.tsx'
import { ProblemLine } from '../../parts/problem-line.tsx'
import { Sure } from '../../parts/sure.tsx'
import { useAct } from '../../parts/use-act.ts'
import { useAsk } from '../../parts/use-ask.ts'
import { type Session, SessionForm } from './session-form.tsx'
import { timetableTexts } from './texts.ts'
import { tellValid } from './valid-days.ts'

/** Every session; an admin changes them. */
export function Sessions() {
  const words = useWords(timetableTexts)
  const language = useLanguage()
  const { api, toasts } = useAdmin()
  const isAdmin = useMe().role === 'admin'
  const act = useAct()
  const asked = useAsk('sessions', () => api.call(timetableApi.sessions))
  const [editing, setEditing] = useState<Session | 'new' | null>(null)
  const [removing, setRemoving] = useState<Session | null>(null)

  const remove = (id: string) =>
    act.run(async () => {
      toasts.say((await api.call(timetableApi.removeSession, { params: { id } })).message)
      await asked.reload()
      setRemoving(null)
    })
  const columns: readonly Column<Session>[] = [
    { key: 'name', title: words.name, cell: (row) => row.name },
    { key: 'kelas', title: words.kelasShort, cell: (row) => row.kelas?.join(', ') ?? words.allKelas },
    { key: 'days', title: words.days, cell: (row) => row.days.map((day) => words.dayNames[day - 1]).join(' ') },
    { key: 'opens', title: words.opens, cell: (row) => formatTime(row.opens, language) },
    { key: 'late', title: words.late, cell: (row) => formatTime(row.late_after, language) },
    { key: 'closes', title: words.closes, cell: (row) => formatTime(row.closes, language) },
    { key: 'valid', title: words.valid, cell: (row) => tellValid(row, language) },
    { key: 'active', title: words.state, cell: (row) => (row.is_active ? words.active : words.inactive) },
  ]
  const actions: Column<Session> = {
    key: 'actions',
    title: words.actions,
    cell: (row) => (
      <div class="row-actions">
        <Button label={`${words.edit}: ${row.name}`} testId={`edit-${row.id}`} onPress={() => setEditing(row)}>
          {words.edit}
        </Button>
        <Button kind="danger" label={`${words.remove}: ${row.name}`} onPress={() => setRemoving(row)}>
          {words.remove}
        </Button>
      </div>
    ),
  }
  return (
    <>
      {isAdmin && (
        <div class="row-actions">
          <Button kind="primary" onPress={() => setEditing('new')} testId="add-session">
            {words.addSession}
          </Button>
        </div>
      )}
      {asked.problem && <ProblemLine problem={asked.problem} onRetry={asked.reload} />}
      <DataTable
        caption={words.sessions}
        rows={asked.data?.sessions ?? null}
        keyOf={(row) => row.id}
        columns={isAdmin ? [...columns, actions] : columns}
        empty={{ title: words.noSessions }}
      />
      {editing && (
        <SessionForm
          session={editing === 'new' ? null : editing}
          onClose={() => setEditing(null)}
          onDone={async () => {
            await asked.reload()
            setEditing(null)
          }}
        />
      )}
      {removing && (
        <Sure
          danger
          title={words.removeAsk(removing.name)}
          body={words.removeSessionBody}
          confirm={words.removeSession}
          act={act}
          onConfirm={() => remove(removing.id)}
          onClose={() => setRemoving(null)}
        />
      )}
    </>
  )
}
