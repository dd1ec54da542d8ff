import { useRef } from 'preact/hooks'
import { type Status, statusSchema } from '../../../../shared/contract/absensi.ts'
import { useWords } from '../../app-context.ts'
import { common } from '../../texts.ts'
import { recordTexts } from './texts.ts'

interface MarkRowProps {
  readonly student: { readonly id: string; readonly nim: string; readonly name: string }
  readonly status: Status | undefined
  /** The absence that was approved for that day. */
  readonly approved: 'izin' | 'sakit' | undefined
  readonly onMark: (status: Status) => void
}

/** What a key does on a mark: its letter marks, the arrows move. */
function readKey(key: string): Status | 'up' | 'down' | null {
  if (key === 'ArrowUp') return 'up'
  if (key === 'ArrowDown') return 'down'
  return statusSchema.options.find((name) => name[0] === key.toLowerCase()) ?? null
}

/** One student's mark: five buttons of which one is chosen; one stop for the Tab key. */
export function MarkRow({ student, status, approved, onMark }: MarkRowProps) {
  const general = useWords(common)
  const words = useWords(recordTexts)
  const row = useRef<HTMLLIElement>(null)
  const focusIn = (element: Element | null | undefined) =>
    element?.querySelector<HTMLElement>('button[tabindex="0"]')?.focus()
  const press = (event: KeyboardEvent) => {
    const what = event.ctrlKey || event.metaKey || event.altKey ? null : readKey(event.key)
    if (what === null) return
    event.preventDefault()
    if (what === 'up') focusIn(row.current?.previousElementSibling)
    else if (what === 'down') focusIn(row.current?.nextElementSibling)
    else {
      onMark(what)
      focusIn(row.current?.nextElementSibling)
    }
  }
  const stop = status ?? statusSchema.options[0]
  return (
    <li ref={row} data-testid={`mark-${student.nim}`}>
      <span>
        {student.name} <span class="muted numbers">{student.nim}</span>{' '}
        {approved && <span class={`badge ${approved}`}>{words.approved(general.status[approved])}</span>}
      </span>
      <fieldset class="marks">
        <legend class="hidden-text">{student.name}</legend>
        {statusSchema.options.map((name) => (
          <button
            key={name}
            type="button"
            class={name}
            aria-pressed={status === name}
            aria-label={general.status[name]}
            tabIndex={name === stop ? 0 : -1}
            onClick={() => onMark(name)}
            onKeyDown={press}
          >
            {general.letter[name]}
          </button>
        ))}
      </fieldset>
    </li>
  )
}
