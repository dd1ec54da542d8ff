import type { Page } from 'playwright-core'

/** Milliseconds between the frames of a scroll; `late` ones left out one of 60 a second, or more. */
export interface Frames {
  readonly frames: number
  readonly median: number
  readonly p95: number
  readonly longest: number
  readonly late: number
}

const SCROLL = { ms: 5000, pixels: 40 } as const
const LATE_MS = 34

/** Scrolls an element a step a frame, and notes the times between the frames. */
async function scroll(page: Page, selector: string): Promise<Frames> {
  const times = await page.evaluate(
    ({ selector, ms, pixels }) =>
      new Promise<number[]>((resolve) => {
        const box = document.querySelector(selector)
        const found: number[] = []
        let last = 0
        const start = performance.now()
        const step = (now: number) => {
          if (last > 0) found.push(now - last)
          last = now
          box?.scrollBy(0, pixels)
          if (now - start < ms) requestAnimationFrame(step)
          else resolve(found)
        }
        requestAnimationFrame(step)
      }),
    { selector, ...SCROLL },
  )
  const sorted = times.toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN
  return {
    frames: times.length,
    median: at(0.5),
    p95: at(0.95),
    longest: at(1),
    late: times.filter((time) => time > LATE_MS).length,
  }
}

/** A box of plain lines in the list's place and size. */
async function putPlainLines(page: Page): Promise<void> {
  await page.evaluate(() => {
    const box = document.createElement('div')
    box.className = 'grid-window'
    box.id = 'plain'
    box.append(
      ...Array.from({ length: 2000 }, (_, line) =>
        Object.assign(document.createElement('p'), { textContent: `Baris ${line}` }),
      ),
    )
    document.querySelector('.grid-list')?.replaceChildren(box)
  })
}

/** How smoothly the students' list scrolls, beside plain lines, and how soon a jump to its end is answered. */
export async function measureFrames(page: Page): Promise<{ scroll: Frames; plain: Frames; jump: number }> {
  const listed = await scroll(page, '.grid-window')
  const start = performance.now()
  await page.evaluate(() => {
    const box = document.querySelector('.grid-window')
    box?.scrollTo(0, box.scrollHeight)
  })
  await page.waitForFunction(() => {
    const rows = [...document.querySelectorAll('tr.student')]
    return rows.length > 0 && rows.at(-1)?.querySelector('a') !== null
  })
  const jump = performance.now() - start
  await putPlainLines(page)
  return { scroll: listed, plain: await scroll(page, '#plain'), jump }
}
