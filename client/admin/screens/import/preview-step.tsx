import { useState } from 'preact/hooks'
import { IMPORT_FIELDS, type ImportReply } from '../../../../shared/contract/import.ts'
import { Button } from '../../../ui/button.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { useLanguage, useWords } from '../../app-context.ts'
import { formatCount } from '../../format.ts'
import { saveCsv } from '../../parts/csv.ts'
import { DataTable } from '../../parts/data-table.tsx'
import { Sure } from '../../parts/sure.tsx'
import { common } from '../../texts.ts'
import { importTexts } from './texts.ts'

const FIGURES = ['total', 'new', 'updated', 'unchanged', 'reset'] as const

/** How many rows do what. */
function Figures({ reply }: { reply: ImportReply }) {
  const words = useWords(importTexts)
  const language = useLanguage()
  return (
    <dl class="tiles">
      {FIGURES.map((name) => (
        <div key={name} class="tile">
          <dt>{words[name]}</dt>
          <dd data-testid={`import-${name}`}>{formatCount(reply[name], language)}</dd>
        </div>
      ))}
      <div class={reply.error_count > 0 ? 'tile alfa' : 'tile'}>
        <dt>{words.wrong}</dt>
        <dd data-testid="import-errors">{formatCount(reply.error_count, language)}</dd>
      </div>
    </dl>
  )
}

function Errors({ reply }: { reply: ImportReply }) {
  const words = useWords(importTexts)
  const general = useWords(common)
  const language = useLanguage()
  const { errors, error_count } = reply
  const heading = (field: (typeof errors)[number]['field']) => words.fields[field]
  const download = () =>
    saveCsv(words.errorsFile, [
      [words.row, words.field, words.found, words.what],
      ...errors.map(({ row, field, code, value }) => [String(row), heading(field), value, words.errors[code]]),
    ])
  return (
    <section class="panel">
      <h2>{words.errorsTitle}</h2>
      <Notice kind="bad" alert>
        {words.errorsBody}
      </Notice>
      {error_count > errors.length && (
        <p class="muted">{words.firstOf(formatCount(errors.length, language), formatCount(error_count, language))}</p>
      )}
      <div class="row-actions">
        <Button onPress={download} testId="download-errors">
          {words.downloadErrors}
        </Button>
      </div>
      <DataTable
        caption={words.errorsTitle}
        rows={errors}
        keyOf={({ row, field, code }) => `${row} ${field} ${code}`}
        columns={[
          { key: 'row', title: words.row, cell: ({ row }) => (row === 0 ? '–' : row) },
          { key: 'field', title: words.field, cell: ({ field }) => heading(field) },
          { key: 'found', title: words.found, cell: ({ value }) => value || general.none },
          { key: 'what', title: words.what, cell: ({ code }) => words.errors[code] },
        ]}
      />
    </section>
  )
}

/** The third step: what would happen, what is wrong, and the act itself. */
export function PreviewStep(props: {
  readonly reply: ImportReply
  readonly busy: boolean
  readonly onCommit: () => void
  readonly onChange: () => void
  readonly onAnother: () => void
}) {
  const words = useWords(importTexts)
  const general = useWords(common)
  const language = useLanguage()
  const { reply } = props
  const [asking, setAsking] = useState(false)
  const count = (value: number) => formatCount(value, language)
  const changes = reply.new + reply.updated + reply.reset
  return (
    <>
      <Figures reply={reply} />
      {reply.error_count > 0 && <Errors reply={reply} />}
      {reply.reset > 0 && (
        <Notice kind="warn" title={words.resetTitle}>
          <span>{words.resetBody}</span>
          <span>{reply.reset_accounts.map(({ nim, name }) => `${name} (${nim})`).join(', ')}</span>
        </Notice>
      )}
      {reply.suspended > 0 && (
        <Notice kind="warn" title={words.suspendedTitle(count(reply.suspended))}>
          <span>{words.suspendedBody}</span>
          <span>{reply.suspended_accounts.map(({ nim, name }) => `${name} (${nim})`).join(', ')}</span>
        </Notice>
      )}
      {reply.error_count === 0 && changes === 0 && <Notice kind="info">{words.nothingToDo}</Notice>}
      <h2>{words.sample}</h2>
      <DataTable
        caption={words.sample}
        rows={reply.rows}
        keyOf={({ row }) => String(row)}
        columns={[
          { key: 'row', title: words.row, cell: ({ row }) => row },
          ...IMPORT_FIELDS.map((field) => ({
            key: field,
            title: words.fields[field],
            cell: (row: ImportReply['rows'][number]) => row[field] ?? general.none,
          })),
        ]}
      />
      <div class="row-actions end">
        <Button onPress={props.onAnother} testId="another-file">
          {words.another}
        </Button>
        <Button onPress={props.onChange}>{words.change}</Button>
        {reply.error_count === 0 && changes > 0 && (
          <Button kind="primary" busy={props.busy} onPress={() => setAsking(true)} testId="commit">
            {words.commit(count(reply.total))}
          </Button>
        )}
      </div>
      {asking && (
        <Sure
          title={words.sure}
          body={words.sureBody(count(reply.new), count(reply.updated), count(reply.reset))}
          confirm={words.commit(count(reply.total))}
          onConfirm={() => {
            setAsking(false)
            props.onCommit()
          }}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  )
}
