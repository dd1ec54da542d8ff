import { useEffect, useRef, useState } from 'preact/hooks'
import { studentsApi } from '../../../../shared/contract/api/students.ts'
import type { Student } from '../../../../shared/contract/people.ts'
import { type ApiProblem, toProblem } from '../../../core/api-problem.ts'
import { useAdmin } from '../../app-context.ts'

/** Students fetched at once: ten thousand are fifty calls, within a minute's budget. */
const PAGE = 200
/** Between two looks at which pages are wanted, ms: what is only passed over is not fetched. */
const PACE_MS = 100

/** One query's pages; a page that was asked for is not asked for again, whatever became of it. */
interface List {
  readonly key: string
  readonly pages: Map<number, readonly Student[] | 'asked'>
  readonly end: AbortController
}

export interface StudentPages {
  /** Of the list that is shown; null until the first page is there. */
  readonly total: number | null
  readonly problem: ApiProblem | null
  /** The query of the list that is shown; another one may be under way. */
  readonly shown: string
  readonly busy: boolean
  /** The student at a place of the list, once her page is there. */
  at(place: number): Student | undefined
  /** Sees to it that the pages of these places are fetched. */
  want(from: number, until: number): void
}

const listOf = (key: string): List => ({ key, pages: new Map(), end: new AbortController() })

/**
 * A long list, page by page as it is looked at. `query` names what is listed: the list before stays until the first page of
 * the new one is there.
 */
export function useStudentPages(query: Readonly<Record<string, string>>): StudentPages {
  const { api } = useAdmin()
  const key = JSON.stringify(query)
  const wanted = useRef(listOf(''))
  const shown = useRef(wanted.current)
  const pace = useRef({ from: 0, until: 0, isWaiting: false })
  const [state, setState] = useState<{ total: number | null; problem: ApiProblem | null; shown: string }>({
    total: null,
    problem: null,
    shown: '',
  })

  function fetchPage(list: List, page: number): void {
    if (list.pages.has(page)) return
    list.pages.set(page, 'asked')
    const { turn: _, ...asked } = JSON.parse(list.key) as Record<string, string>
    const question = { query: { ...asked, limit: PAGE, offset: page * PAGE }, signal: list.end.signal }
    api.call(studentsApi.list, question).then(
      ({ data, total }) => {
        if (wanted.current !== list) return
        list.pages.set(page, data)
        shown.current = list
        setState({ total, problem: null, shown: list.key })
      },
      (error: unknown) => {
        if (wanted.current !== list) return
        setState((old) => ({ ...old, problem: toProblem(error), shown: list.key }))
      },
    )
  }

  useEffect(() => {
    wanted.current.end.abort()
    wanted.current = listOf(key)
    fetchPage(wanted.current, 0)
  }, [key])
  useEffect(() => () => wanted.current.end.abort(), [])

  return {
    ...state,
    busy: state.shown !== key,
    at(place) {
      const page = shown.current.pages.get(Math.floor(place / PAGE))
      return page === undefined || page === 'asked' ? undefined : page[place % PAGE]
    },
    want(from, until) {
      Object.assign(pace.current, { from, until })
      if (pace.current.isWaiting) return
      pace.current.isWaiting = true
      setTimeout(() => {
        pace.current.isWaiting = false
        const [first, last] = [pace.current.from, pace.current.until].map((place) => Math.floor(place / PAGE))
        if (wanted.current !== shown.current || first === undefined || last === undefined) return
        for (let page = first; page <= last; page++) fetchPage(shown.current, page)
      }, PACE_MS)
    },
  }
}
