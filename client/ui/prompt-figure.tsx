import type { Prompt } from '../check-in/walk-state.ts'

/** The motion of a figure; each is a class in figures.css. Left and right are as in a mirror: the subject's own. */
const MOTION: Readonly<Record<Prompt, string>> = {
  blink: 'blink',
  'turn-left': 'turn left',
  'turn-right': 'turn right',
  smile: 'smile',
  nod: 'nod',
  'pose-front': 'still',
  'pose-left': 'turn left slight',
  'pose-right': 'turn right slight',
  'pose-any': 'still',
}

function Eye({ x }: { x: number }) {
  return (
    <g>
      <circle class="eye-open" cx={x} cy="42" r="3.4" />
      <path class="eye-shut line" d={`M${x - 5} 42q5 4 10 0`} />
    </g>
  )
}

/** A drawn head that shows what to do. Decoration: the words beside it say the same. Stands still at its goal when motion is unwanted. */
export function PromptFigure({ prompt }: { prompt: Prompt }) {
  const motion = MOTION[prompt]
  const turning = motion.startsWith('turn')
  return (
    <svg class={`figure ${motion}`} viewBox="0 0 96 96" aria-hidden="true" focusable="false">
      <g transform="translate(5 1) scale(0.9)">
        <path class="skin line" d="M48 12c17 0 27 12 27 30 0 22-13 38-27 38S21 64 21 42c0-18 10-30 27-30Z" />
        <g class="features">
          <path class="line" d="M33 34q5-3.5 10-1 M53 33q5-2.5 10 1" />
          <Eye x={38} />
          <Eye x={58} />
          <path class="nose line" d="M48 45l-2.5 9.5q2.5 2 5 0" />
          <path class="mouth line" d="M40.5 65h15" />
          <path class="mouth-smile line" d="M36.5 61.5q11.5 12.5 23 0q-11.5 3.5-23 0Z" />
        </g>
      </g>
      {turning && <path class="arrow line" d="M67 87c-10 5.5-29 5.5-39 0 M35 92.5 27 86.7 35.5 82" />}
      {motion === 'nod' && <path class="arrow line" d="M86 34v28 M79.5 56 86 63l6.5-7" />}
      {motion === 'blink' && (
        <text class="count" x="81" y="22" text-anchor="middle">
          2×
        </text>
      )}
    </svg>
  )
}

/** A tick in a circle: a step is done. */
export function DoneFigure() {
  return (
    <svg class="figure tick" viewBox="0 0 96 96" aria-hidden="true" focusable="false">
      <circle class="tick-ground" cx="48" cy="48" r="36" />
      <path class="tick-line" d="M31 49.5 43 61.5 66 36.5" pathLength={100} />
    </svg>
  )
}

/** A phone with a face in its oval: at the right distance, or too far away. */
export function DistanceFigure({ kind }: { kind: 'right' | 'far' }) {
  return (
    <svg class={`distance ${kind}`} viewBox="0 0 120 150" aria-hidden="true" focusable="false">
      <rect class="phone" x="20" y="5" width="80" height="140" rx="13" />
      <ellipse class="oval-mark" cx="60" cy="72" rx="29" ry="40" />
      <g class={kind === 'right' ? 'person near' : 'person'}>
        <path d="M60 45c13 0 20 9 20 22 0 17-10 28-20 28S40 84 40 67c0-13 7-22 20-22Z" />
        <path class="marks" d="M52.5 66v1.5 M67.5 66v1.5 M53 81q7 5 14 0" />
      </g>
      <g class="badge">
        <circle cx="60" cy="128" r="10" />
        <path d={kind === 'right' ? 'M55 128.5l3.5 3.5 6.5-7.5' : 'M56 124l8 8 M64 124l-8 8'} />
      </g>
    </svg>
  )
}
