import { encode } from 'uqr'

/** The drawing of a text; a page of slips shows the same one thousands of times. */
let last: { readonly text: string; readonly size: number; readonly path: string } | null = null

function draw(text: string): NonNullable<typeof last> {
  if (last?.text === text) return last
  const { data, size } = encode(text, { ecc: 'M', border: 4 })
  const path = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : []))).join('')
  last = { text, size, path }
  return last
}

/** A QR code (ISO/IEC 18004, level M, with its quiet zone) of a short text, as one path; dark on light in every theme. */
export function QrDrawing({ text, label }: { text: string; label: string }) {
  const { size, path } = draw(text)
  return (
    <svg class="qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label} shape-rendering="crispEdges">
      <rect class="qr-light" width={size} height={size} />
      <path class="qr-dark" d={path} />
    </svg>
  )
}
