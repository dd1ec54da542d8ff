import type { z } from 'zod'
import type { kioskSchema } from '../../../../shared/contract/kiosk.ts'
import { useLanguage, useWords } from '../../app-context.ts'
import { formatCount, formatMoment } from '../../format.ts'
import { kioskTexts } from './kiosk-texts.ts'

type Kiosk = z.output<typeof kioskSchema>
/** After this long without a word a kiosk counts as silent, ms: as today's board counts it. */
const SILENT_MS = 15 * 60_000

/** A kiosk names its build by its entry's file: `kiosk-CZIwhcDO.js`. */
const buildOf = (version: string) => /^kiosk-(.+)\.js$/.exec(version)?.[1] ?? version

/** When a kiosk was last heard of, and whether that is too long ago. */
export function Seen({ kiosk }: { kiosk: Kiosk }) {
  const words = useWords(kioskTexts)
  const language = useLanguage()
  const silent =
    kiosk.status === 'active' && (kiosk.last_seen === null || Date.now() - Date.parse(kiosk.last_seen) > SILENT_MS)
  return (
    <span class="stacked">
      <span class="when">{formatMoment(kiosk.last_seen, language)}</span>
      {silent && (
        <span>
          <span class="badge bad" title={words.silentHint}>
            {words.silent}
          </span>
        </span>
      )}
    </span>
  )
}

/** What a kiosk last told of itself: what waits there, how long it can go on without network, its version. */
export function KioskTold({ told }: { told: Kiosk['told'] }) {
  const words = useWords(kioskTexts)
  const language = useLanguage()
  if (told === null) return <span class="muted">{words.nothingYet}</span>
  const { queue, oldest, stock, version } = told
  return (
    <span class="stacked" data-testid="told">
      {queue === 0 ? (
        <span>{words.queueEmpty}</span>
      ) : (
        <span>
          <span class="badge review">{words.queue(formatCount(queue, language))}</span>
          {oldest !== null && ` ${words.oldest(formatMoment(oldest, language))}`}
        </span>
      )}
      <span class={stock > 0 ? 'muted' : 'badge bad'} title={words.version(buildOf(version))}>
        {stock > 0 ? words.stock(formatCount(stock, language)) : words.noStock}
      </span>
    </span>
  )
}
