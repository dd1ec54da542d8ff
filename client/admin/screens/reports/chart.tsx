import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { statusSchema } from '../../../../shared/contract/absensi.ts'
import { localeOf } from '../../../core/clock.ts'
import { useLanguage, useWords } from '../../app-context.ts'
import { COUNTED } from '../../parts/status-tiles.tsx'
import { common } from '../../texts.ts'
import type { Bars } from './draw-bars.ts'
import { reportTexts } from './texts.ts'

/** Pixels of a lying bar with its gap, and of the axis below. */
const LYING_ROW = 26
const AXIS = 40
const STANDING = 260

/** Bars on a canvas; Chart.js comes when the first chart does. The figures stand in a table beside every chart. */
export function BarChart({ label, bars }: { label: string; bars: Bars }) {
  const words = useWords(reportTexts)
  const language = useLanguage()
  const canvas = useRef<HTMLCanvasElement>(null)
  const [failed, setFailed] = useState(false)
  const key = JSON.stringify([bars, language])
  const height = bars.lying ? bars.names.length * LYING_ROW + AXIS : STANDING
  useLayoutEffect(() => canvas.current?.parentElement?.style.setProperty('height', `${height}px`), [height])
  useEffect(() => {
    let end = () => {}
    let gone = false
    import('./draw-bars.ts').then(
      ({ drawBars }) => {
        if (gone || !canvas.current) return
        end = drawBars(canvas.current, (JSON.parse(key) as [Bars])[0], localeOf(language))
        canvas.current.dataset.drawn = 'yes'
      },
      () => setFailed(true),
    )
    return () => {
      gone = true
      end()
    }
  }, [key, language])
  if (failed) return <p class="muted">{words.noChart}</p>
  return (
    <div class="chart">
      <canvas ref={canvas} role="img" aria-label={label} data-testid="chart" />
    </div>
  )
}

/** More lying bars than this are a wall. */
const MOST = 30

/** All rows, or the lowest of very many, and a word about it. */
function useLowest<T extends { readonly percentage: number | null }>(rows: readonly T[]) {
  const words = useWords(reportTexts)
  if (rows.length <= MOST) return { shown: rows, note: null }
  const low = [...rows].sort((a, b) => (a.percentage ?? 0) - (b.percentage ?? 0)).slice(0, MOST)
  return { shown: low, note: <p class="hint">{words.lowest(String(MOST), String(rows.length))}</p> }
}

/** The custom properties that colour the statuses. */
const COLOURS = {
  hadir: '--accent',
  terlambat: '--warn',
  izin: '--izin',
  sakit: '--sakit',
  alfa: '--bad',
  belum: '--edge',
} as const
type Shown = keyof typeof COLOURS

interface Counted extends Readonly<Record<Exclude<Shown, 'belum'>, number>> {
  /** Of a day that is not over. */
  readonly belum?: number
  readonly percentage: number | null
}

interface ChartProps<T> {
  readonly label: string
  readonly rows: readonly T[]
  readonly nameOf: (row: T) => string
}

/** Hadir, terlambat, izin, sakit, alfa and not yet of each row on one another, with what the colours mean. */
function StatusBars<T extends Counted>({ label, rows, nameOf, lying }: ChartProps<T> & { lying: boolean }) {
  const general = useWords(common)
  const statuses: readonly Shown[] = rows.some(({ belum }) => belum !== undefined) ? COUNTED : statusSchema.options
  const series = statuses.map((status) => ({
    name: general.status[status],
    colour: COLOURS[status],
    values: rows.map((row) => row[status] ?? 0),
  }))
  return (
    <>
      <ul class="legend">
        {statuses.map((status) => (
          <li key={status} class={`legend-${status}`}>
            {general.status[status]}
          </li>
        ))}
      </ul>
      <BarChart label={label} bars={{ names: rows.map(nameOf), series, lying, percent: false }} />
    </>
  )
}

/** Statuses over time: a standing bar a row. */
export function TimeChart<T extends Counted>(props: ChartProps<T>) {
  return <StatusBars {...props} lying={false} />
}

/** Statuses of classes: a lying bar each, of very many the lowest. */
export function GroupChart<T extends Counted>(props: ChartProps<T>) {
  const { shown, note } = useLowest(props.rows)
  return (
    <>
      {note}
      <StatusBars {...props} rows={shown} lying />
    </>
  )
}

/** The share of those who came, a lying bar each; of very many the lowest. */
export function ShareChart<T extends { readonly percentage: number | null }>({ label, rows, nameOf }: ChartProps<T>) {
  const words = useWords(reportTexts)
  const { shown, note } = useLowest(rows.filter(({ percentage }) => percentage !== null))
  const series = [{ name: words.share, colour: '--accent', values: shown.map(({ percentage }) => percentage) }]
  return (
    <>
      {note}
      <BarChart label={label} bars={{ names: shown.map(nameOf), series, lying: true, percent: true }} />
    </>
  )
}
