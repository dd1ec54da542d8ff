import { useState } from 'preact/hooks'
import { type Status, statusSchema } from '../../../../shared/contract/absensi.ts'
import { absensiAdminApi } from '../../../../shared/contract/api/absensi-admin.ts'
import { studentsApi } from '../../../../shared/contract/api/students.ts'
import { useStore } from '../../../core/store.ts'
import { Button } from '../../../ui/button.tsx'
import type { AdminApi } from '../../api.ts'
import { useAdmin, useLanguage, useWords } from '../../app-context.ts'
import { formatCount } from '../../format.ts'
import { Empty, Skeleton } from '../../parts/data-table.tsx'
import { DateInput } from '../../parts/date-input.tsx'
import { Input, Select } from '../../parts/inputs.tsx'
import { KelasField } from '../../parts/kelas-field.tsx'
import { ProblemLine } from '../../parts/problem-line.tsx'
import { useAct } from '../../parts/use-act.ts'
import { useAsk } from '../../parts/use-ask.ts'
import { useSchool } from '../../parts/use-school.ts'
import { common } from '../../texts.ts'
import { MarkRow } from './mark-row.tsx'
import { recordTexts } from './texts.ts'

/** Everybody of a class, and what is recorded of each on that day. */
async function loadDay(api: AdminApi, kelas: string, session_id: string, date: string) {
  const [{ students }, { data }] = await Promise.all([
    api.call(studentsApi.dropdown, { query: { kelas } }),
    api.call(absensiAdminApi.all, { query: { kelas, session_id, from: date, until: date, limit: 500 } }),
  ])
  const recorded = new Map(data.map(({ user_id, status }) => [user_id, status]))
  return { students, recorded }
}

function Marks({ kelas, session, date }: { kelas: string; session: string; date: string }) {
  const words = useWords(recordTexts)
  const general = useWords(common)
  const language = useLanguage()
  const { api, toasts } = useAdmin()
  const act = useAct()
  const [marks, setMarks] = useState<ReadonlyMap<string, Status>>(new Map())
  const [reason, setReason] = useState('')
  const day = useAsk(`${kelas} ${session} ${date}`, () => loadDay(api, kelas, session, date))
  if (day.problem) return <ProblemLine problem={day.problem} onRetry={day.reload} />
  if (!day.data) return <Skeleton label={general.loading} lines={8} />
  const { students, recorded } = day.data
  if (students.length === 0) return <Empty title={words.noStudents} body="" />
  const statusOf = (id: string) => marks.get(id) ?? recorded.get(id)
  const unmarked = students.filter(({ id }) => statusOf(id) === undefined)
  const changed = [...marks].filter(([id, status]) => recorded.get(id) !== status)
  const needsReason = changed.some(([id]) => recorded.has(id))
  const count = (value: number) => formatCount(value, language)
  const save = () =>
    act.run(async () => {
      const reply = await api.call(absensiAdminApi.mark, {
        body: {
          session_id: session,
          date,
          marks: changed.map(([user_id, status]) => ({ user_id, status })),
          ...(needsReason ? { reason } : {}),
        },
      })
      toasts.say(words.marked(count(reply.added), count(reply.corrected)))
      await day.reload()
      // What was marked while it was under way stays.
      const saved = new Map(changed)
      setMarks((old) => new Map([...old].filter(([id, status]) => saved.get(id) !== status)))
      setReason('')
    })
  return (
    <>
      <div class="filters">
        <span>{words.unmarked(count(unmarked.length))}</span>
        <Select
          label={words.setRest}
          value=""
          testId="set-rest"
          onChange={(value) => {
            const status = statusSchema.safeParse(value)
            if (status.success) setMarks(new Map([...marks, ...unmarked.map(({ id }) => [id, status.data] as const)]))
          }}
          options={[['', general.none], ...statusSchema.options.map((name) => [name, general.status[name]] as const)]}
        />
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
          disabled={changed.length === 0 || (needsReason && reason.trim().length < 3)}
          onPress={save}
          testId="save-marks"
        >
          {words.saveMarks(count(changed.length))}
        </Button>
      </div>
      {act.problem && <ProblemLine problem={act.problem} />}
      <p class="hint keys-hint">{words.markHint}</p>
      <ul class="panel marking">
        {students.map((student) => (
          <MarkRow
            key={student.id}
            student={student}
            status={statusOf(student.id)}
            onMark={(status) => setMarks(new Map([...marks, [student.id, status]]))}
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
  const known = useSchool()
  const kelas = filters.kelas ?? ''
  const date = filters.date ?? known.data?.date ?? ''
  const session = filters.session ?? known.data?.sessions[0]?.id ?? ''
  return (
    <>
      <div class="filters">
        <KelasField label={words.kelas} value={kelas} onChange={(value) => router.filter({ kelas: value })} />
        <Select
          label={words.session}
          value={session}
          onChange={(value) => router.filter({ session: value })}
          options={(known.data?.sessions ?? []).map(({ id, name }) => [id, name])}
        />
        <DateInput label={words.date} value={date} onChange={(value) => router.filter({ date: value })} />
      </div>
      {known.problem && <ProblemLine problem={known.problem} onRetry={known.reload} />}
      {kelas === '' || session === '' || date === '' ? (
        <Empty title={words.chooseClass} body={words.chooseBody} />
      ) : (
        <Marks key={`${kelas} ${session} ${date}`} kelas={kelas} session={session} date={date} />
      )}
    </>
  )
}
