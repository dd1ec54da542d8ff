import { useState } from 'preact/hooks'
import { useStore } from '../../../core/store.ts'
import { Button } from '../../../ui/button.tsx'
import { useAdmin, useLanguage, useMe, useWords } from '../../app-context.ts'
import { formatCount } from '../../format.ts'
import { Empty, Skeleton } from '../../parts/data-table.tsx'
import { Select } from '../../parts/inputs.tsx'
import { KelasField } from '../../parts/kelas-field.tsx'
import { Later } from '../../parts/later.tsx'
import { Page } from '../../parts/page.tsx'
import { ProblemLine } from '../../parts/problem-line.tsx'
import { SearchField } from '../../parts/search-field.tsx'
import { addressOf } from '../../router.ts'
import { common } from '../../texts.ts'
import { useStudentPages } from './pages.ts'
import { PrintList } from './print-list.tsx'
import { StudentCard } from './student-card.tsx'
import { CodeDialog, type NewCode, StudentForm } from './student-form.tsx'
import { StudentList } from './student-list.tsx'
import { studentTexts } from './texts.ts'

function Students() {
  const words = useWords(studentTexts)
  const general = useWords(common)
  const language = useLanguage()
  const { router } = useAdmin()
  const me = useMe()
  const { filters } = useStore(router)
  const { search = '', kelas = '', face = '', active = '', sort = 'name', order = 'asc' } = filters
  const [adding, setAdding] = useState(false)
  const [code, setCode] = useState<NewCode | null>(null)
  const [turn, setTurn] = useState(0)
  const query = { search, kelas, face, active, sort, order }
  const pages = useStudentPages({ ...query, turn: String(turn) })
  const isWhole = [search, kelas, face, active].every((filter) => filter === '')
  return (
    <Page
      title={words.title}
      lead={pages.total === null ? ' ' : words.total(formatCount(pages.total, language))}
      actions={
        me.role === 'admin' && (
          <>
            {OFFICE.map(([name]) => (
              <a key={name} class="button plain" href={addressOf(['students', name])} data-testid={`to-${name}`}>
                {words[name]}
              </a>
            ))}
            <Button kind="primary" onPress={() => setAdding(true)} testId="add-student">
              {words.add}
            </Button>
          </>
        )
      }
    >
      <div class="filters">
        <SearchField label={`${general.search}: ${words.searchHint}`} value={search} />
        <KelasField
          label={words.kelas}
          all={general.all}
          value={kelas}
          onChange={(value) => router.filter({ kelas: value })}
        />
        <Select
          label={words.face}
          value={face}
          onChange={(value) => router.filter({ face: value })}
          options={[
            ['', general.all],
            ['true', words.withFace],
            ['false', words.noFace],
          ]}
        />
        <Select
          label={words.state}
          value={active}
          onChange={(value) => router.filter({ active: value })}
          options={[
            ['', general.all],
            ['true', words.active],
            ['false', words.suspended],
          ]}
        />
      </div>
      {pages.problem && <ProblemLine problem={pages.problem} onRetry={() => setTurn(turn + 1)} />}
      <div class="stack" aria-busy={pages.busy} data-testid="listing">
        {pages.total === null ? (
          <Skeleton label={general.loading} lines={8} />
        ) : pages.total === 0 ? (
          <Empty
            title={isWhole ? words.noStudents : general.nothing}
            body={isWhole ? words.noStudentsBody[me.role === 'admin' ? 'admin' : 'guru'] : general.nothingBody}
          />
        ) : (
          <>
            <StudentList pages={pages} sort={sort} order={order} />
            <PrintList query={query} total={pages.total} />
          </>
        )}
      </div>
      {adding && (
        <StudentForm
          account={null}
          onClose={() => setAdding(false)}
          onDone={(made) => {
            setAdding(false)
            setCode(made)
            setTurn(turn + 1)
          }}
        />
      )}
      {code && <CodeDialog code={code} onClose={() => setCode(null)} />}
    </Page>
  )
}

const loadFace = async () => (await import('../faces/face-screen.tsx')).FaceScreen
const loadPhotos = async () => (await import('../faces/photo-screen.tsx')).PhotoScreen

/** A student's id in an address. */
const ID = /^[0-9a-f-]{36}$/

/** What the office does with many students at once: the address below /students, and its screen. */
const OFFICE = [
  ['import', async () => (await import('../import/import-screen.tsx')).ImportScreen],
  ['promote', async () => (await import('../promote/promote-screen.tsx')).PromoteScreen],
  ['codes', async () => (await import('../codes/codes-screen.tsx')).CodesScreen],
  ['consents', async () => (await import('../consents/consents-screen.tsx')).ConsentsScreen],
] as const

/**
 * `/students`: the list; `/students/ID`: one of them, with `/face` and `/photos` below; `/students/import`, `/promote`,
 * `/codes`, `/consents`: many at once.
 */
export function StudentsPart() {
  const { path } = useStore(useAdmin().router)
  const isAdmin = useMe().role === 'admin'
  const [, id, what] = path
  const office = isAdmin ? OFFICE.find(([name]) => name === id) : undefined
  if (office) return <Later key={id} load={office[1]} props={{}} />
  // What is the office's alone is to a teacher no address at all.
  if (id === undefined || !ID.test(id)) return <Students />
  if (isAdmin && what === 'face') return <Later key={`${id} face`} load={loadFace} props={{ id }} />
  if (isAdmin && what === 'photos') return <Later key={`${id} photos`} load={loadPhotos} props={{ id }} />
  return <StudentCard key={id} id={id} />
}
