import type { CheckTrace } from '../../../../shared/contract/liveness.ts'

/** A measure of the face over the time of a check. */
interface CurveProps {
  /** What the curve is of, in words, for those who cannot see it. */
  readonly label: string
  readonly values: readonly { readonly t: number; readonly value: number }[]
  readonly rest: number | null
  readonly asked: CheckTrace['asked']
  /** When the last frame was, ms. */
  readonly end: number
}

/** Units of a curve's own plane; it is stretched to the room there is. */
const WIDTH = 1000
const HEIGHT = 100
/** A face that is gone for longer breaks the line, ms. */
const GAP_MS = 400

/** Points of the plane as a path, broken where the face was gone. */
export function pathOf(
  values: CurveProps['values'],
  { end, low, high }: { end: number; low: number; high: number },
): string {
  let last = Number.NEGATIVE_INFINITY
  return values
    .map(({ t, value }) => {
      const move = t - last > GAP_MS ? 'M' : 'L'
      last = t
      const x = Math.round((t / end) * WIDTH * 10) / 10
      const y = Math.round((1 - (value - low) / (high - low)) * HEIGHT * 10) / 10
      return `${move}${x} ${y}`
    })
    .join(' ')
}

/** The lowest and highest value, with some air around them. */
function rangeOf(values: readonly number[]): { low: number; high: number } {
  const [least, most] = [Math.min(...values), Math.max(...values)]
  const air = (most - least || 1) * 0.12
  return { low: least - air, high: most + air }
}

/** A curve with bands where something was asked: from the prompt to when it was done, numbered. */
export function TraceCurve({ label, values, rest, asked, end }: CurveProps) {
  const shown = values.map(({ value }) => value)
  const { low, high } = rangeOf(rest === null ? shown : [...shown, rest])
  const restAt = rest === null ? null : (1 - (rest - low) / (high - low)) * 100
  const share = (t: number) => `${(t / end) * 100}%`
  return (
    <svg class="curve" role="img" aria-label={label} data-testid="curve">
      {asked.map(({ at, met_at }, place) => (
        <g key={at}>
          <rect class="asked-band" x={share(at)} width={share((met_at ?? end) - at)} y="0" height="100%" />
          <text class="asked-number" x={share(at)} dx="4" y="14">
            {place + 1}
          </text>
        </g>
      ))}
      {restAt !== null && <line class="rest-line" x1="0" x2="100%" y1={`${restAt}%`} y2={`${restAt}%`} />}
      <svg width="100%" height="100%" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
        <path class="curve-line" d={pathOf(values, { end, low, high })} vector-effect="non-scaling-stroke" />
      </svg>
    </svg>
  )
}
