import { useEffect, useRef, useState } from 'preact/hooks'
import { studentsApi } from '../../../../shared/contract/api/students.ts'
import type { Student } from '../../../../shared/contract/people.ts'
import { type ApiProblem, toProblem } from '../../../core/api-problem.ts'
import { useAdmin } from '../../app-context.ts'

/** Students fetched at once. */
const PAGE = 100

export interface StudentPages {
  /** Null until the first page is there. */
  readonly total: number | null
  readonly problem: ApiProblem | null
  /** The student at a place of the list, once her page is there. */
  at(place: number): Student | undefined
  /** Sees to it that the pages of these places are fetched. */
  want(from: number, until: number): void
}

/** A long list, page by page as it is looked at. `query` names what is listed; answers to an older one are dropped. */
export function useStudentPages(query: Readonly<Record<string, string>>): StudentPages {
  const { api } = useAdmin()
  const key = JSON.stringify(query)
  const pages = useRef(new Map<number, readonly Student[] | 'coming'>())
  const present = useRef(key)
  const [state, setState] = useState<{ total: number | null; problem: ApiProblem | null }>({
    total: null,
    problem: null,
  })

  function fetchPage(page: number): void {
    if (pages.current.has(page)) return
    pages.current.set(page, 'coming')
    const mine = present.current
    const { turn: _, ...asked } = JSON.parse(mine) as Record<string, string>
    api.call(studentsApi.list, { query: { ...asked, limit: PAGE, offset: page * PAGE } }).then(
      ({ data, total }) => {
        if (present.current !== mine) return
        pages.current.set(page, data)
        setState({ total, problem: null })
      },
      (error: unknown) => {
        if (present.current !== mine) return
        pages.current.delete(page)
        setState((old) => ({ ...old, problem: toProblem(error) }))
      },
    )
  }

  useEffect(() => {
    present.current = key
    pages.current.clear()
    fetchPage(0)
  }, [key])

  return {
    ...state,
    at(place) {
      const page = pages.current.get(Math.floor(place / PAGE))
      return page === undefined || page === 'coming' ? undefined : page[place % PAGE]
    },
    want(from, until) {
      for (let page = Math.floor(from / PAGE); page <= Math.floor(until / PAGE); page++) fetchPage(page)
    },
  }
}
