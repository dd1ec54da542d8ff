import type { z } from 'zod'
import type { consentKindSchema } from '../../../../shared/contract/consent-ledger.ts'
import { useLanguage, useWords } from '../../app-context.ts'
import { formatDate } from '../../format.ts'
import { DataTable } from '../../parts/data-table.tsx'
import { addressOf } from '../../router.ts'
import type { ConsentOf } from '../faces/find-consent.ts'
import { consentTexts } from './texts.ts'

export type Kind = z.output<typeof consentKindSchema>
export const KINDS = ['self', 'guardian'] as const satisfies readonly Kind[]

/** A sheet that came back: whose, and signed by whom. */
export interface Sheet {
  readonly nim: string
  readonly kind: Kind
}
export const keyOf = ({ nim, kind }: Sheet): string => `${kind} ${nim}`

/** Students and their consents: the day each was given, or a box for the sheet that came back. */
export function ConsentTable(props: {
  readonly people: readonly ConsentOf[] | null
  readonly ticked: ReadonlyMap<string, Sheet>
  readonly onTick: (sheet: Sheet) => void
}) {
  const words = useWords(consentTexts)
  const language = useLanguage()
  const cell = (person: ConsentOf, kind: Kind) => {
    const given = person[kind]
    const sheet = { nim: person.nim, kind }
    if (given) return formatDate(given.given_at, language)
    return (
      <label class="check">
        <input
          type="checkbox"
          aria-label={words.letterOf[kind](person.name)}
          checked={props.ticked.has(keyOf(sheet))}
          onChange={() => props.onTick(sheet)}
          data-testid={`sheet-${kind}-${person.nim}`}
        />
      </label>
    )
  }
  return (
    <DataTable
      caption={words.title}
      rows={props.people}
      keyOf={(person) => person.user_id}
      empty={{ title: words.none, body: words.noneBody }}
      columns={[
        {
          key: 'name',
          title: words.name,
          cell: (person) => (
            <span class="stacked">
              <a href={addressOf(['students', person.user_id])}>{person.name}</a>
              <span class="muted">{[person.kelas, person.nim].filter(Boolean).join(' · ')}</span>
            </span>
          ),
        },
        {
          key: 'state',
          title: words.state,
          cell: ({ state }) => (
            <span class={state === 'complete' ? 'badge good' : 'badge review'}>{words.states[state]}</span>
          ),
        },
        ...KINDS.map((kind) => ({ key: kind, title: words[kind], cell: (person: ConsentOf) => cell(person, kind) })),
      ]}
    />
  )
}
