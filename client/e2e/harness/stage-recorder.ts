import type { Recording } from './stages.ts'

// Runs in the page before anything else: keeps what the camera view, the receipt and failures show over time.
const recording: Recording = { stages: [], longTasks: [] }

const note = (stage: string, prompt = '') => {
  const last = recording.stages.at(-1)
  if (last?.stage !== stage || last.prompt !== prompt) recording.stages.push({ stage, prompt, at: performance.now() })
}

const find = (id: string) => document.querySelector<HTMLElement>(`[data-testid="${id}"]`)

const look = () => {
  const view = find('camera-view')
  if (view) note(view.dataset.stage ?? '', view.dataset.prompt)
  else if (find('receipt') || find('enrolled') || find('failure')) note('end')
  else if (find('save-shots')) note('choosing')
  else if (find('start-camera')) note('ready', find('preparing')?.dataset.state)
}

new MutationObserver(look).observe(document, { subtree: true, childList: true, attributes: true })
// A task of 50 ms and more is what the platform calls long.
new PerformanceObserver((list) => {
  for (const { startTime, duration } of list.getEntries()) recording.longTasks.push({ at: startTime, ms: duration })
}).observe({ type: 'longtask', buffered: true })
Object.assign(globalThis, { recording })
