import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { Student } from '../../../../shared/contract/people.ts'
import { useAdmin, useLanguage, useWords } from '../../app-context.ts'
import { addressOf } from '../../router.ts'
import type { StudentPages } from './pages.ts'
import { tellFace, tellState } from './tell-student.ts'
import { studentTexts } from './texts.ts'

/** Pixels of a row, as table.css gives them: 3.25rem, and on a phone, where a row is a card of two lines, 5rem. */
const ROW = { table: 52, card: 80 } as const
const PHONE = '(max-width: 47.99rem)'
/** Rows drawn beyond the window on either side. */
const SPARE = 12
/** The rows that are drawn change so many at a time: not with every pixel. */
const STEP = 4

const COLUMNS = ['name', 'nim', 'kelas'] as const

const toneOf = ({ is_active, activated }: Student) => (!is_active ? 'badge bad' : activated ? 'badge good' : 'badge')

function Row({ student, place }: { student: Student | undefined; place: number }) {
  const language = useLanguage()
  if (student === undefined)
    return (
      <tr class="student" aria-rowindex={place + 2}>
        <td colSpan={5}>
          <div class="bone thin" />
        </td>
      </tr>
    )
  return (
    <tr class="student" aria-rowindex={place + 2}>
      <td>
        <a href={addressOf(['students', student.id])}>{student.name}</a>
      </td>
      <td class="numbers">{student.nim}</td>
      <td>{student.kelas ?? '–'}</td>
      <td>
        <span class={student.has_face ? 'badge good' : 'badge'}>{tellFace(student, language)}</span>
      </td>
      <td>
        <span class={toneOf(student)}>{tellState(student, language)}</span>
      </td>
    </tr>
  )
}

/** The height of a row on this screen, px. */
function useRowHeight(): number {
  const [isPhone, setIsPhone] = useState(() => matchMedia(PHONE).matches)
  useEffect(() => {
    const media = matchMedia(PHONE)
    const note = () => setIsPhone(media.matches)
    media.addEventListener('change', note)
    return () => media.removeEventListener('change', note)
  }, [])
  return isPhone ? ROW.card : ROW.table
}

/** The room that rows beyond the window would take, px. */
function Space({ height }: { height: number }) {
  const space = useRef<HTMLTableRowElement>(null)
  // The page's policy allows no style in the text; a property set by script is no such text.
  useLayoutEffect(() => space.current?.style.setProperty('height', `${height}px`), [height])
  return (
    <tbody aria-hidden="true">
      <tr ref={space} />
    </tbody>
  )
}

/** Thousands of students in a window: only the rows that can be seen are drawn, their pages fetched as they come up. */
export function StudentList({ pages, sort, order }: { pages: StudentPages; sort: string; order: string }) {
  const words = useWords(studentTexts)
  const { router } = useAdmin()
  const view = useRef<HTMLDivElement>(null)
  const [seen, setSeen] = useState({ from: 0, until: 30 })
  const total = pages.total ?? 0
  const row = useRowHeight()
  const look = () => {
    const { scrollTop = 0, clientHeight = 0 } = view.current ?? {}
    const inSteps = (place: number) => Math.round(place / STEP) * STEP
    const from = Math.max(0, inSteps(Math.floor(scrollTop / row)) - SPARE)
    const until = inSteps(Math.ceil((scrollTop + clientHeight) / row)) + SPARE
    setSeen((old) => (old.from === from && old.until === until ? old : { from, until }))
  }
  useLayoutEffect(() => {
    view.current?.scrollTo(0, 0)
  }, [pages.shown])
  useLayoutEffect(look, [total, pages.shown, row])
  const last = Math.min(seen.until, total - 1)
  useEffect(() => {
    if (total > 0) pages.want(seen.from, last)
  })
  const places = Array.from({ length: Math.max(0, last - seen.from + 1) }, (_, index) => seen.from + index)
  const sorted = (name: string) => (sort === name ? (order === 'desc' ? 'descending' : 'ascending') : 'none')
  return (
    <div class="grid-list">
      <div ref={view} class="grid-window" onScroll={look}>
        <table class="dense students" aria-rowcount={total + 1}>
          <caption class="hidden-text">{words.title}</caption>
          <thead>
            <tr aria-rowindex={1} data-sort={words.order}>
              {COLUMNS.map((name) => (
                <th key={name} scope="col" aria-sort={sorted(name)}>
                  <button
                    type="button"
                    class="sorter"
                    onClick={() =>
                      router.filter({ sort: name, order: sort === name && order === 'asc' ? 'desc' : 'asc' })
                    }
                  >
                    {words[name]} {sort === name ? (order === 'desc' ? '↓' : '↑') : ''}
                  </button>
                </th>
              ))}
              <th scope="col">{words.face}</th>
              <th scope="col">{words.state}</th>
            </tr>
          </thead>
          <Space height={seen.from * row} />
          <tbody>
            {places.map((place) => (
              <Row key={place} place={place} student={pages.at(place)} />
            ))}
          </tbody>
          <Space height={Math.max(0, total - 1 - last) * row} />
        </table>
      </div>
    </div>
  )
}
