import { useState } from 'preact/hooks'
import { type Status, statusSchema } from '../../../../shared/contract/absensi.ts'
import { absensiAdminApi } from '../../../../shared/contract/api/absensi-admin.ts'
import { izinApi } from '../../../../shared/contract/api/izin.ts'
import { studentsApi } from '../../../../shared/contract/api/students.ts'
import { toProblem } from '../../../core/api-problem.ts'
import { useStore } from '../../../core/store.ts'
import { Button } from '../../../ui/button.tsx'
import { Notice } from '../../../ui/notice.tsx'
import type { AdminApi } from '../../api.ts'
import { useAdmin, useLanguage, useWords } from '../../app-context.ts'
import { formatCount } from '../../format.ts'
import { Empty, Skeleton } from '../../parts/data-table.tsx'
import { DayFilter } from '../../parts/date-input.tsx'
import { Input, Select } from '../../parts/inputs.tsx'
import { KelasField } from '../../parts/kelas-field.tsx'
import { ProblemLine } from '../../parts/problem-line.tsx'
import { useAct } from '../../parts/use-act.ts'
import { useAsk } from '../../parts/use-ask.ts'
import { useSchool } from '../../parts/use-school.ts'
import { useUnsaved } from '../../parts/use-unsaved.ts'
import { common } from '../../texts.ts'
import { addMarks, type Marks, settleMarks, withoutSaved } from './day-marks.ts'
import { MarkRow } from './mark-row.tsx'
import { recordTexts } from './texts.ts'

/** Rows a list is asked for: more than any class has. */
const MOST = 500

/** Everybody of a class, what is recorded of each on that day, and whose absence on it was approved. */
async function loadDay(api: AdminApi, kelas: string, session_id: string, date: string) {
  const [{ students }, { data }, izin] = await Promise.all([
    api.call(studentsApi.dropdown, { query: { kelas } }),
    api.call(absensiAdminApi.all, { query: { kelas, session_id, from: date, until: date, limit: MOST } }),
    api.call(izinApi.list, { query: { kelas, state: 'approved', limit: MOST } }),
  ])
  const onDay = izin.data.filter(({ from_date, until_date }) => from_date <= date && date <= until_date)
  return {
    students,
    recorded: new Map(data.map(({ user_id, status }) => [user_id, status])),
    approved: new Map(onDay.map(({ user_id, kind }) => [user_id, kind])),
  }
}

/** One status for everybody who has none: chosen first, set by a press. */
function SetRest({ isEmpty, onSet }: { isEmpty: boolean; onSet: (status: Status) => void }) {
  const words = useWords(recordTexts)
  const general = useWords(common)
  const [chosen, setChosen] = useState('')
  const status = statusSchema.safeParse(chosen)
  return (
    <>
      <Select
        label={words.setRest}
        value={chosen}
        testId="rest"
        onChange={setChosen}
        options={[['', general.none], ...statusSchema.options.map((name) => [name, general.status[name]] as const)]}
      />
      <Button
        disabled={isEmpty || !status.success}
        onPress={() => {
          if (status.success) onSet(status.data)
          setChosen('')
        }}
        testId="set-rest"
      >
        {words.apply}
      </Button>
    </>
  )
}

function Marking({ kelas, session, date }: { kelas: string; session: string; date: string }) {
  const words = useWords(recordTexts)
  const general = useWords(common)
  const language = useLanguage()
  const { api, toasts } = useAdmin()
  const act = useAct()
  const [marks, setMarks] = useState<Marks>(new Map())
  const [reason, setReason] = useState('')
  const day = useAsk(`${kelas} ${session} ${date}`, () => loadDay(api, kelas, session, date))
  const { kept, overtaken } = settleMarks(marks, day.data?.recorded ?? new Map())
  const changed: Marks = new Map([...kept].filter(([, { status, was }]) => status !== was))
  useUnsaved(changed.size > 0)
  if (day.problem) return <ProblemLine problem={day.problem} onRetry={day.reload} />
  if (!day.data) return <Skeleton label={general.loading} lines={8} />
  const { students, recorded, approved } = day.data
  if (students.length === 0) return <Empty title={words.noStudents} body="" />
  const statusOf = (id: string) => kept.get(id)?.status ?? recorded.get(id)
  const unmarked = students.filter(({ id }) => statusOf(id) === undefined && !approved.has(id)).map(({ id }) => id)
  const needsReason = [...changed.values()].some(({ was }) => was !== null)
  const count = (value: number) => formatCount(value, language)
  const names = students.filter(({ id }) => overtaken.includes(id)).map(({ name }) => name)
  const mark = (ids: readonly string[], status: Status) => {
    act.clear()
    setMarks(addMarks(marks, ids, status, recorded))
  }
  const save = () =>
    act.run(async () => {
      setMarks(kept)
      const body = {
        session_id: session,
        date,
        marks: [...changed].map(([user_id, { status, was }]) => ({ user_id, status, was })),
        ...(needsReason ? { reason } : {}),
      }
      const reply = await api.call(absensiAdminApi.mark, { body }).catch(async (error: unknown) => {
        // Somebody was recorded meanwhile: what is recorded by now decides which marks still hold.
        if (toProblem(error).code === 'conflict') await day.reload()
        throw error
      })
      await day.reload()
      setMarks((old) => withoutSaved(old, changed))
      setReason('')
      // Last: whoever reads it may leave.
      toasts.say(words.marked(count(reply.added), count(reply.corrected)))
    })
  return (
    <>
      <div class="filters">
        <span>{words.unmarked(count(unmarked.length))}</span>
        <SetRest isEmpty={unmarked.length === 0} onSet={(status) => mark(unmarked, status)} />
      </div>
      <div class="filters">
        {needsReason && (
          <Input
            label={words.reason}
            hint={words.needReason}
            value={reason}
            onChange={setReason}
            testId="mark-reason"
          />
        )}
        <Button
          kind="primary"
          busy={act.busy}
          disabled={changed.size === 0 || (needsReason && reason.trim().length < 3)}
          onPress={save}
          testId="save-marks"
        >
          {words.saveMarks(count(changed.size))}
        </Button>
        <Button disabled={marks.size === 0} onPress={() => setMarks(new Map())} testId="clear-marks">
          {words.clearMarks}
        </Button>
      </div>
      {names.length > 0 ? (
        <Notice kind="warn" title={words.overtaken} alert>
          <span data-testid="overtaken">{names.join(', ')}</span>
        </Notice>
      ) : (
        marks.size > 0 && act.problem && <ProblemLine problem={act.problem} />
      )}
      <p class="hint keys-hint">{words.markHint}</p>
      <ul class="panel marking">
        {students.map((student) => (
          <MarkRow
            key={student.id}
            student={student}
            status={statusOf(student.id)}
            approved={approved.get(student.id)}
            onMark={(status) => mark([student.id], status)}
          />
        ))}
      </ul>
    </>
  )
}

/** A class's day: everybody's mark, set by mouse, finger or keyboard, and saved in one go. */
export function DayGrid() {
  const words = useWords(recordTexts)
  const { router } = useAdmin()
  const { filters } = useStore(router)
  // Drawn again when somebody stays after all: the fields show what is shown.
  useStore(router.leaving)
  const known = useSchool()
  const kelas = filters.kelas ?? ''
  const date = filters.date ?? known.data?.date ?? ''
  // What a class is not asked for cannot be marked either; what the address names is shown all the same.
  const sessions = (known.data?.sessions ?? []).filter(
    (one) => kelas === '' || one.kelas === null || one.kelas.includes(kelas) || one.id === filters.session,
  )
  const session = filters.session ?? sessions[0]?.id ?? ''
  return (
    <>
      <div class="filters">
        <KelasField label={words.kelas} value={kelas} onChange={(value) => router.filter({ kelas: value })} />
        <Select
          label={words.session}
          value={session}
          onChange={(value) => router.filter({ session: value })}
          options={sessions.map(({ id, name }) => [id, name])}
        />
        <DayFilter label={words.date} value={date} name="date" />
      </div>
      {known.problem && <ProblemLine problem={known.problem} onRetry={known.reload} />}
      {kelas === '' || session === '' || date === '' ? (
        <Empty title={words.chooseClass} body={words.chooseBody} />
      ) : (
        <Marking key={`${kelas} ${session} ${date}`} kelas={kelas} session={session} date={date} />
      )}
    </>
  )
}
