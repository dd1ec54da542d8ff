import { useEffect, useRef, useState } from 'preact/hooks'
import { useStore } from '../../../core/store.ts'
import { Button } from '../../../ui/button.tsx'
import { useAdmin, useLanguage, useMe, useWords } from '../../app-context.ts'
import { formatCount } from '../../format.ts'
import { Empty, Skeleton } from '../../parts/data-table.tsx'
import { Input, Select } from '../../parts/inputs.tsx'
import { KelasField } from '../../parts/kelas-field.tsx'
import { Page } from '../../parts/page.tsx'
import { ProblemLine } from '../../parts/problem-line.tsx'
import { common } from '../../texts.ts'
import { useStudentPages } from './pages.ts'
import { StudentCard } from './student-card.tsx'
import { CodeDialog, type NewCode, StudentForm } from './student-form.tsx'
import { StudentList } from './student-list.tsx'
import { studentTexts } from './texts.ts'

/** Milliseconds after a key until the list is asked for: none, unless the key before it came so shortly ago. */
const PAUSE_MS = 40

function Search({ value }: { value: string }) {
  const words = useWords(studentTexts)
  const general = useWords(common)
  const { router } = useAdmin()
  const [text, setText] = useState(value)
  const typed = useRef(0)
  useEffect(() => {
    if (text.trim() === value) return
    const ask = () => router.filter({ search: text.trim() })
    const isBurst = performance.now() - typed.current < PAUSE_MS
    typed.current = performance.now()
    if (!isBurst) {
      ask()
      return
    }
    const timer = setTimeout(ask, PAUSE_MS)
    return () => clearTimeout(timer)
  }, [text, value, router])
  return (
    <Input
      label={`${general.search}: ${words.searchHint}`}
      type="search"
      value={text}
      onChange={setText}
      testId="search"
    />
  )
}

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
  const pages = useStudentPages({ search, kelas, face, active, sort, order, turn: String(turn) })
  return (
    <Page
      title={words.title}
      lead={pages.total === null ? ' ' : words.total(formatCount(pages.total, language))}
      actions={
        me.role === 'admin' && (
          <Button kind="primary" onPress={() => setAdding(true)} testId="add-student">
            {words.add}
          </Button>
        )
      }
    >
      <div class="filters">
        <Search value={search} />
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
      <div aria-busy={pages.busy} data-testid="listing">
        {pages.total === null ? (
          <Skeleton label={general.loading} lines={8} />
        ) : pages.total === 0 ? (
          <Empty title={general.nothing} body={general.nothingBody} />
        ) : (
          <StudentList pages={pages} sort={sort} order={order} />
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

/** `/students`: the list; `/students/ID`: one of them. */
export function StudentsPart() {
  const { path } = useStore(useAdmin().router)
  return path[1] === undefined ? <Students /> : <StudentCard key={path[1]} id={path[1]} />
}
