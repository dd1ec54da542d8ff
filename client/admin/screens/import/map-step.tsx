import { useState } from 'preact/hooks'
import { IMPORT_FIELDS, type ImportReply, type Mapping } from '../../../../shared/contract/import.ts'
import { Button } from '../../../ui/button.tsx'
import { useLanguage, useWords } from '../../app-context.ts'
import { formatCount } from '../../format.ts'
import { Form, Select } from '../../parts/inputs.tsx'
import { importTexts } from './texts.ts'

const NEEDED: ReadonlySet<string> = new Set(['nim', 'name'])

/** How the file was understood, in words. */
function FormLine({ reply, filename }: { reply: ImportReply; filename: string }) {
  const words = useWords(importTexts)
  const language = useLanguage()
  const { format, encoding, delimiter, total } = reply
  const form =
    format === 'xlsx' ? words.xlsx : words.csv((encoding ?? 'utf-8').toUpperCase(), words.delimiters[delimiter ?? ','])
  return (
    <p>
      {words.read(formatCount(total, language), filename)} <span class="muted">{form}</span>
    </p>
  )
}

/** The second step: which column holds which field, guessed by the headings. */
export function MapStep(props: {
  readonly reply: ImportReply
  readonly filename: string
  readonly busy: boolean
  readonly onMapped: (mapping: Mapping) => void
  readonly onAnother: () => void
}) {
  const words = useWords(importTexts)
  const { reply } = props
  const [mapping, setMapping] = useState<Mapping>(reply.mapping)
  const columns = reply.header.map(
    (heading, place) => [String(place), heading || words.column(String(place + 1))] as const,
  )
  const ready = typeof mapping.nim === 'number' && typeof mapping.name === 'number'
  return (
    <section class="panel">
      <FormLine reply={reply} filename={props.filename} />
      <p>{words.mapBody}</p>
      <Form onSend={() => ready && props.onMapped(mapping)}>
        <div class="columns">
          {IMPORT_FIELDS.map((field) => (
            <Select
              key={field}
              label={NEEDED.has(field) ? words.needed(words.fields[field]) : words.fields[field]}
              value={String(mapping[field] ?? '')}
              testId={`map-${field}`}
              onChange={(value) => setMapping((old) => ({ ...old, [field]: value === '' ? null : Number(value) }))}
              options={[['', words.notThere], ...columns]}
            />
          ))}
        </div>
        <div class="row-actions end">
          <Button onPress={props.onAnother}>{words.another}</Button>
          <Button kind="primary" type="submit" busy={props.busy} disabled={!ready} testId="to-preview">
            {words.look}
          </Button>
        </div>
      </Form>
    </section>
  )
}
