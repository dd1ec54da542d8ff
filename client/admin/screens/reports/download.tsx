import type { Endpoint } from '../../../../shared/contract/endpoint.ts'
import { Button } from '../../../ui/button.tsx'
import type { Query } from '../../api.ts'
import { useAdmin, useWords } from '../../app-context.ts'
import { ProblemLine } from '../../parts/problem-line.tsx'
import { saveFile } from '../../parts/save-file.ts'
import { useAct } from '../../parts/use-act.ts'
import { reportTexts } from './texts.ts'

/** A file to take away: its button's text, and the row and query that make it. */
export interface Offered {
  readonly text: string
  readonly row: Endpoint
  readonly query: Query
  readonly format: 'csv' | 'xlsx'
}

/** Files with the filters of the screen; the server notes who took which. */
export function Downloads({ offered }: { offered: readonly Offered[] }) {
  const words = useWords(reportTexts)
  const { api, toasts } = useAdmin()
  const act = useAct()
  const take = ({ row, query, format }: Offered) =>
    act.run(async () => {
      const reply = await api.open(row, { query: { ...query, format } })
      toasts.say(words.saved(await saveFile(reply, `absensi.${format}`)))
    })
  return (
    <section class="panel screen-only" aria-label={words.download}>
      <h2>{words.download}</h2>
      <div class="row-actions">
        {offered.map((one) => (
          <Button
            key={`${one.row.path} ${one.format}`}
            busy={act.busy}
            onPress={() => take(one)}
            testId={`take-${one.row.path.split('/').at(-1)}-${one.format}`}
          >
            {one.text}
          </Button>
        ))}
      </div>
      {act.problem && <ProblemLine problem={act.problem} />}
      <p class="hint">{words.downloadHint}</p>
    </section>
  )
}
