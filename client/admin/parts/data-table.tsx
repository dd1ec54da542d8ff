import type { ComponentChildren } from 'preact'
import { useWords } from '../app-context.ts'
import { common } from '../texts.ts'

export interface Column<T> {
  readonly key: string
  readonly title: string
  readonly cell: (row: T) => ComponentChildren
  /** Figures stand at the right edge. */
  readonly numeric?: boolean
  /** On a phone it has a card's whole width; the first column is the card's head then. */
  readonly wide?: boolean
}

interface DataTableProps<T> {
  /** Says what the table is of, for those who cannot see it. */
  readonly caption: string
  readonly columns: readonly Column<T>[]
  /** Null while the first answer is on its way. */
  readonly rows: readonly T[] | null
  readonly keyOf: (row: T) => string
  /** Figures mostly: stays a table on a phone, too, and scrolls. */
  readonly dense?: boolean
  readonly empty?: { readonly title: string; readonly body?: string }
}

/** A table; on a phone each row is a card, with the column's title before every value. */
export function DataTable<T>({ caption, columns, rows, keyOf, empty, dense = false }: DataTableProps<T>) {
  const words = useWords(common)
  if (rows !== null && rows.length === 0)
    return <Empty title={empty?.title ?? words.nothing} body={empty ? (empty.body ?? '') : words.nothingBody} />
  if (rows === null) return <Skeleton label={words.loading} lines={6} />
  return (
    <section class="table-box" aria-label={caption} {...(dense ? { tabIndex: 0 } : {})}>
      <table class={dense ? 'dense' : undefined}>
        <caption class="hidden-text">{caption}</caption>
        <thead>
          <tr>
            {columns.map(({ key, title, numeric }) => (
              <th key={key} scope="col" class={numeric ? 'figure' : undefined}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)}>
              {columns.map(({ key, title, cell, numeric, wide }) => (
                <td key={key} data-label={title} class={numeric ? 'figure' : wide ? 'wide' : undefined}>
                  {cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** Nothing to show, and why. */
export function Empty({ title, body }: { title: string; body: string }) {
  return (
    <div class="empty" data-testid="empty">
      <strong>{title}</strong>
      {body && <p class="muted">{body}</p>}
    </div>
  )
}

/** Grey lines in the place of what is on its way. */
export function Skeleton({ label, lines }: { label: string; lines: number }) {
  return (
    <div class="skeleton" role="status">
      <span class="hidden-text">{label}</span>
      {Array.from({ length: lines }, (_, line) => `line-${line}`).map((key) => (
        <div key={key} class="bone" />
      ))}
    </div>
  )
}
