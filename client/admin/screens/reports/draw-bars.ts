import { BarController, BarElement, CategoryScale, Chart, LinearScale, Tooltip } from 'chart.js'

Chart.register(BarController, BarElement, CategoryScale, LinearScale, Tooltip)

/** Bars over names; several series stand on one another. */
export interface Bars {
  readonly names: readonly string[]
  readonly series: readonly {
    readonly name: string
    /** The custom property of tokens.css that colours it. */
    readonly colour: string
    readonly values: readonly (number | null)[]
  }[]
  /** Names down the side, bars to the right. */
  readonly lying: boolean
  /** Values are per cent: the axis ends at 100. */
  readonly percent: boolean
}

/** What decides colours: when one of these turns, the chart is coloured anew. */
const TURNS = ['(prefers-color-scheme: dark)', 'print'] as const
/** A sheet of A4 within its margins, CSS pixels. */
const PAPER_WIDTH = 680

/**
 * Draws bars on a canvas, in the page's own colours. Nothing moves. Chart.js sets sizes as properties of styles and writes no
 * style text, so that the page's policy lets it.
 * @param locale BCP 47, for the figures
 * @returns what ends it
 */
export function drawBars(canvas: HTMLCanvasElement, bars: Bars, locale: string): () => void {
  const colourOf = (property: string) => getComputedStyle(canvas).getPropertyValue(property).trim()
  const axis = (isValue: boolean) => ({
    stacked: true,
    border: { display: false },
    grid: { display: isValue, color: () => colourOf('--line') },
    ticks: {
      color: () => colourOf('--muted'),
      autoSkip: isValue || !bars.lying,
      maxRotation: 0,
      ...(isValue && bars.percent ? { callback: (value: string | number) => `${value}%` } : { precision: 0 }),
    },
    ...(isValue && bars.percent ? { min: 0, max: 100 } : {}),
  })
  const chart = new Chart(canvas, {
    type: 'bar',
    data: {
      labels: [...bars.names],
      datasets: bars.series.map(({ name, colour, values }) => ({
        label: name,
        data: [...values],
        backgroundColor: () => colourOf(colour),
        maxBarThickness: 34,
        categoryPercentage: 0.85,
        barPercentage: 0.9,
      })),
    },
    options: {
      animation: false,
      responsive: true,
      maintainAspectRatio: false,
      locale,
      indexAxis: bars.lying ? 'y' : 'x',
      interaction: { mode: 'index', axis: bars.lying ? 'y' : 'x', intersect: false },
      font: { family: getComputedStyle(canvas).fontFamily, size: 12 },
      scales: { x: axis(bars.lying), y: axis(!bars.lying) },
      plugins: { tooltip: { animation: false } },
    },
  })
  const turns = TURNS.map((query) => matchMedia(query))
  const turn = () => {
    const onPaper = matchMedia('print').matches
    // A canvas keeps its pixels: on paper it would be as wide as the screen was.
    if (onPaper) chart.resize(PAPER_WIDTH, canvas.clientHeight)
    else chart.resize()
    chart.update('none')
  }
  for (const one of turns) one.addEventListener('change', turn)
  return () => {
    for (const one of turns) one.removeEventListener('change', turn)
    chart.destroy()
  }
}
