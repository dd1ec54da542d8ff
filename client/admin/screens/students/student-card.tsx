import { useState } from 'preact/hooks'
import { absensiAdminApi } from '../../../../shared/contract/api/absensi-admin.ts'
import { studentsApi } from '../../../../shared/contract/api/students.ts'
import { usersApi } from '../../../../shared/contract/api/users.ts'
import type { Account, Student } from '../../../../shared/contract/people.ts'
import { schoolDay } from '../../../core/clock.ts'
import { Button } from '../../../ui/button.tsx'
import { useAdmin, useLanguage, useMe, useWords } from '../../app-context.ts'
import { formatDate, formatMoment } from '../../format.ts'
import { GradeBadge, StatusBadge } from '../../parts/badges.tsx'
import { DataTable, Skeleton } from '../../parts/data-table.tsx'
import { onePress } from '../../parts/one-press.ts'
import { Page } from '../../parts/page.tsx'
import { ProblemLine } from '../../parts/problem-line.tsx'
import { type Act, useAct } from '../../parts/use-act.ts'
import { useAsk } from '../../parts/use-ask.ts'
import { addressOf } from '../../router.ts'
import { common } from '../../texts.ts'
import { periodOf } from '../reports/period.ts'
import { AccommodationLine } from './accommodation-fields.tsx'
import { accommodationTexts } from './accommodation-texts.ts'
import { DataButton } from './data-button.tsx'
import { DeviceList } from './device-list.tsx'
import { FacePanel } from './face-panel.tsx'
import { findStudent } from './find-student.ts'
import { IzinButton } from './izin-button.tsx'
import { CodeDialog, type NewCode, StudentForm } from './student-form.tsx'
import { studentTexts } from './texts.ts'

/** A new code for a student who lost hers; a teacher may draw one too. */
function NewCodeButton({ student, act }: { student: Student; act: Act }) {
  const words = useWords(studentTexts)
  const { api } = useAdmin()
  const [code, setCode] = useState<NewCode | null>(null)
  const draw = async () => setCode(await api.call(usersApi.resetCode, { params: { id: student.id } }))
  return (
    <>
      <Button disabled={act.busy} onPress={() => act.run(draw)} testId="new-code">
        {words.newCode}
      </Button>
      {code && <CodeDialog code={code} onClose={() => setCode(null)} />}
    </>
  )
}

function Acts({ account, onChanged }: { account: Account; onChanged: () => Promise<void> }) {
  const words = useWords(studentTexts)
  const { api, confirmer, router, toasts } = useAdmin()
  const act = useAct()
  const [editing, setEditing] = useState(false)
  const params = { id: account.id }
  const setActive = async (is_active: boolean) => {
    await api.call(usersApi.change, { params, body: { is_active } })
    await onChanged()
    toasts.say(is_active ? words.resumedNow(account.name) : words.suspendedNow(account.name), () =>
      setActive(!is_active),
    )
  }
  const remove = async () => {
    const question = { title: words.remove, body: words.removeBody(account.name), act: words.remove, word: account.nim }
    const confirmation = await confirmer.ask(question)
    if (confirmation === null) return
    await api.call(studentsApi.remove, { params, confirmation })
    toasts.say(words.removed(account.name))
    router.go(['students'])
  }
  return (
    <>
      <div class="row-actions">
        <Button onPress={() => setEditing(true)} testId="edit-student">
          {words.edit}
        </Button>
        {account.is_active && <NewCodeButton student={account} act={act} />}
        <DataButton id={account.id} nim={account.nim} act={act} />
        <Button
          disabled={act.busy}
          onPress={() => act.run(onePress(() => setActive(!account.is_active)))}
          testId="suspend"
        >
          {account.is_active ? words.suspend : words.resume}
        </Button>
        <Button kind="danger" disabled={act.busy} onPress={() => act.run(remove)} testId="remove-student">
          {words.remove}
        </Button>
      </div>
      {act.problem && <ProblemLine problem={act.problem} />}
      {editing && (
        <StudentForm
          account={account}
          onClose={() => setEditing(false)}
          onDone={async () => {
            await onChanged()
            setEditing(false)
          }}
        />
      )}
    </>
  )
}

/** A teacher's: what she may do about a student of hers. */
function TeacherActs({ student }: { student: Student }) {
  const act = useAct()
  return (
    <>
      <div class="row-actions">
        <NewCodeButton student={student} act={act} />
      </div>
      {act.problem && <ProblemLine problem={act.problem} />}
    </>
  )
}

/** What is known of her; what only the office knows is left out where it is not told. */
function Facts({ student }: { student: Student | Account }) {
  const words = useWords(studentTexts)
  const accommodation = useWords(accommodationTexts)
  const language = useLanguage()
  return (
    <dl class="panel facts">
      {(
        [
          [words.nim, student.nim],
          [words.kelas, student.kelas ?? '–'],
          [words.state, !student.is_active ? words.suspended : student.activated ? words.active : words.notActivated],
          [words.email, student.email ?? '–'],
          ...('last_login' in student
            ? ([
                [words.parentEmail, student.parent_email ?? '–'],
                [words.lastLogin, formatMoment(student.last_login, language)],
                [accommodation.short, <AccommodationLine key="accommodation" value={student.accommodation} />],
              ] as const)
            : []),
        ] as const
      ).map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

/** One student: who she is, what was recorded of her, her phones, and what can be done about them. */
export function StudentCard({ id }: { id: string }) {
  const words = useWords(studentTexts)
  const general = useWords(common)
  const language = useLanguage()
  const me = useMe()
  const { api } = useAdmin()
  const isAdmin = me.role === 'admin'
  const account = useAsk(`account ${id}`, async () => {
    if (isAdmin) return { student: null, account: (await api.call(usersApi.read, { params: { id } })).user }
    return { student: await findStudent(api, id), account: null }
  })
  const history = useAsk(`history ${id}`, async () => {
    const { data } = await api.call(absensiAdminApi.all, { query: { user_id: id, limit: 60 } })
    return data
  })
  const problem = account.problem ?? history.problem
  const reload = () => {
    for (const one of [account, history]) if (one.problem) void one.reload()
  }
  const student = account.data?.account ?? account.data?.student ?? null
  return (
    <Page title={student?.name ?? history.data?.[0]?.name ?? words.title}>
      <a href={addressOf(['students'])}>← {words.title}</a>
      {problem && <ProblemLine problem={problem} onRetry={reload} />}
      {account.data === null && !problem && <Skeleton label={general.loading} lines={3} />}
      {account.data?.account && <Acts account={account.data.account} onChanged={account.reload} />}
      {account.data?.student && <TeacherActs student={account.data.student} />}
      {student && (
        <>
          <Facts student={student} />
          <FacePanel student={student} onChanged={account.reload} />
        </>
      )}
      <h2>{words.history}</h2>
      <div class="row-actions">
        {student?.is_active && <IzinButton student={student} onDone={history.reload} />}
        <a
          class="button plain"
          href={addressOf(['records'], { user_id: id, from: periodOf('term', schoolDay()).from })}
          data-testid="all-records"
        >
          {words.allRecords}
        </a>
      </div>
      <DataTable
        caption={words.history}
        rows={history.data}
        keyOf={(row) => row.id}
        empty={{ title: words.noHistory }}
        columns={[
          { key: 'date', title: words.date, cell: (row) => formatDate(row.date, language) },
          { key: 'session', title: words.session, cell: (row) => row.session_name ?? row.session_id },
          {
            key: 'status',
            title: words.state,
            cell: (row) => (
              <>
                <StatusBadge status={row.status} /> <GradeBadge grade={row.grade} />
              </>
            ),
          },
        ]}
      />
      <DeviceList userId={id} of="student" />
    </Page>
  )
}
