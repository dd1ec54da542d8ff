import { useEffect } from 'preact/hooks'
import { Button } from '../../ui/button.tsx'
import { useAdmin, useLanguage, useWords } from '../app-context.ts'
import { formatCount } from '../format.ts'
import { common } from '../texts.ts'
import type { Answered } from './use-ask.ts'

/** Goes back to the first page when the last row of a later one is gone: what is left stands before it. */
export function useFilledPage(
  offset: number,
  { data, busy, isCurrent }: Pick<Answered<{ data: readonly unknown[] }>, 'data' | 'busy' | 'isCurrent'>,
) {
  const { router } = useAdmin()
  const isEmptied = offset > 0 && !busy && isCurrent && data?.data.length === 0
  useEffect(() => {
    if (isEmptied) router.filter({ offset: '' })
  }, [isEmptied, router])
}

/** Which part of a long list is shown, and the way to the next; the place is kept in the address as `offset`. */
export function Pager(props: {
  readonly total: number
  readonly limit: number
  readonly offset: number
  /** What is unsaved on this page is not lost on the next. */
  readonly keeps?: boolean
}) {
  const { total, limit, offset, keeps = false } = props
  const words = useWords(common)
  const language = useLanguage()
  const { router } = useAdmin()
  const to = (place: number) => router.filter({ offset: place === 0 ? '' : String(place) }, { keeps })
  const count = (value: number) => formatCount(value, language)
  if (total <= limit && offset === 0) return null
  return (
    <nav class="pager" aria-label={words.page(count(offset + 1), count(Math.min(total, offset + limit)), count(total))}>
      <Button disabled={offset === 0} onPress={() => to(Math.max(0, offset - limit))}>
        {words.previous}
      </Button>
      <span class="numbers">{words.page(count(offset + 1), count(Math.min(total, offset + limit)), count(total))}</span>
      <Button disabled={offset + limit >= total} onPress={() => to(offset + limit)}>
        {words.next}
      </Button>
    </nav>
  )
}
