import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import type { z } from 'zod'
import { useWords } from '../../app-context.ts'
import { type Column, DataTable } from '../../parts/data-table.tsx'
import { Pager } from '../../parts/pager.tsx'
import { ProblemLine } from '../../parts/problem-line.tsx'
import { Sure } from '../../parts/sure.tsx'
import { Decide } from './decide.tsx'
import { RefuseDialog } from './refuse-dialog.tsx'
import { requestTexts } from './texts.ts'
import { PAGE, type Place, type Queue, useQueue, type Waiting } from './use-queue.ts'

interface QueueTableProps<T> {
  readonly caption: string
  readonly queue: Queue<T>
  readonly columns: readonly Column<T>[]
  /** The buttons of a row; none where there is nothing left to decide. */
  readonly decision?: (row: T) => ComponentChildren
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
        columns={decision ? [...columns, { key: 'decide', title: words.decide, cell: decision }] : columns}
      />
      {data && <Pager total={data.total} limit={PAGE} offset={offset} />}
    </>
  )
}

interface Person {
  readonly name: string
  readonly kelas: string | null
}

/** Whose request a row is: name and class. */
export function usePersonColumns<T>(who: (row: T) => Person): readonly Column<T>[] {
  const words = useWords(requestTexts)
  return [
    { key: 'name', title: words.name, cell: (row) => who(row).name },
    { key: 'kelas', title: words.kelas, cell: (row) => who(row).kelas ?? '–' },
  ]
}

interface YesNoQueueProps<T> {
  readonly load: (place: Place) => Promise<Waiting<T>>
  /** Whose request it is. */
  readonly who: (row: T) => Person
  /** What is shown of a row after name and class. */
  readonly columns: readonly Column<T>[]
  /** `note`: the answer to whoever asked, where there is one. */
  readonly send: (row: T, yes: boolean, note?: string) => Promise<unknown>
  /** It cannot be approved yet. */
  readonly blocked?: (row: T) => boolean
  /** What is lost by refusing, told before it is done. */
  readonly refuseSure?: (name: string) => { readonly title: string; readonly body: string }
  /** Whoever is refused may be told why, in these words. */
  readonly answer?: z.ZodType
}

/** A queue of requests that are approved or refused. */
export function YesNoQueue<T extends { readonly id: string }>(props: YesNoQueueProps<T>) {
  const words = useWords(requestTexts)
  const { load, who, columns, send, blocked, refuseSure, answer } = props
  const queue = useQueue(load)
  const person = usePersonColumns(who)
  const [asked, setAsked] = useState<{ readonly row: T; readonly said: string } | null>(null)
  return (
    <>
      <QueueTable
        caption={words.title}
        queue={queue}
        columns={[...person, ...columns]}
        decision={(row) => (
          <Decide
            name={who(row).name}
            busy={queue.act.busy}
            blocked={blocked?.(row) ?? false}
            onDecide={(yes, said) => {
              if (!yes && (refuseSure || answer)) setAsked({ row, said })
              else queue.decide(() => send(row, yes), said)
            }}
          />
        )}
      />
      {asked && answer && (
        <RefuseDialog
          name={who(asked.row).name}
          answer={answer}
          act={queue.act}
          onRefuse={(note) =>
            queue.decide(
              () => send(asked.row, false, note),
              asked.said,
              () => setAsked(null),
            )
          }
          onClose={() => setAsked(null)}
        />
      )}
      {asked && refuseSure && (
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
      )}
    </>
  )
}
