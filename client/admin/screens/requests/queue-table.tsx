import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { useWords } from '../../app-context.ts'
import { type Column, DataTable } from '../../parts/data-table.tsx'
import { Pager } from '../../parts/pager.tsx'
import { ProblemLine } from '../../parts/problem-line.tsx'
import { Sure } from '../../parts/sure.tsx'
import { Decide } from './decide.tsx'
import { requestTexts } from './texts.ts'
import { PAGE, type Place, type Queue, useQueue, type Waiting } from './use-queue.ts'

interface QueueTableProps<T> {
  readonly caption: string
  readonly queue: Queue<T>
  readonly columns: readonly Column<T>[]
  /** The buttons of a row. */
  readonly decision: (row: T) => ComponentChildren
  /** What stands there when there is nothing; that nothing waits unless it is given. */
  readonly empty?: string
}

/** What waits, a row each with its buttons; what failed, with a way on; the way to the next page. */
export function QueueTable<T extends { readonly id: string }>(props: QueueTableProps<T>) {
  const words = useWords(requestTexts)
  const { caption, queue, columns, decision, empty = words.nothing } = props
  const { act, data, problem, offset, reload } = queue
  return (
    <>
      {act.problem && <ProblemLine problem={act.problem} />}
      {problem && <ProblemLine problem={problem} onRetry={reload} />}
      <DataTable
        caption={caption}
        rows={data?.data ?? null}
        keyOf={(row) => row.id}
        empty={{ title: empty }}
        columns={[...columns, { key: 'decide', title: words.decide, cell: decision }]}
      />
      {data && <Pager total={data.total} limit={PAGE} offset={offset} />}
    </>
  )
}

interface YesNoQueueProps<T> {
  readonly load: (place: Place) => Promise<Waiting<T>>
  /** Whose request it is. */
  readonly who: (row: T) => { readonly name: string; readonly kelas: string | null }
  /** What is shown of a row after name and class. */
  readonly columns: readonly Column<T>[]
  readonly send: (row: T, yes: boolean) => Promise<unknown>
  /** It cannot be approved yet. */
  readonly blocked?: (row: T) => boolean
  /** What is lost by refusing, told before it is done. */
  readonly refuseSure?: (name: string) => { readonly title: string; readonly body: string }
}

/** A queue of requests that are approved or refused. */
export function YesNoQueue<T extends { readonly id: string }>(props: YesNoQueueProps<T>) {
  const words = useWords(requestTexts)
  const { load, who, columns, send, blocked, refuseSure } = props
  const queue = useQueue(load)
  const [asked, setAsked] = useState<{ readonly row: T; readonly said: string } | null>(null)
  const table = (
    <QueueTable
      caption={words.title}
      queue={queue}
      columns={[
        { key: 'name', title: words.name, cell: (row) => who(row).name },
        { key: 'kelas', title: words.kelas, cell: (row) => who(row).kelas ?? '–' },
        ...columns,
      ]}
      decision={(row) => (
        <Decide
          name={who(row).name}
          busy={queue.act.busy}
          blocked={blocked?.(row) ?? false}
          onDecide={(yes, said) => {
            if (!yes && refuseSure) setAsked({ row, said })
            else queue.decide(() => send(row, yes), said)
          }}
        />
      )}
    />
  )
  if (!refuseSure || asked === null) return table
  return (
    <>
      {table}
      <Sure
        danger
        {...refuseSure(who(asked.row).name)}
        confirm={words.refuse}
        onConfirm={() => {
          setAsked(null)
          queue.decide(() => send(asked.row, false), asked.said)
        }}
        onClose={() => setAsked(null)}
      />
    </>
  )
}
