import { cpus, loadavg } from 'node:os'
import { runnerImport } from 'vite'
import { measurePeers, type PeerFigures } from './peers.ts'
import type { SubmitFigures } from './submit.ts'
import { measureWalk, type WalkFigures } from './walk.ts'

const ms = (value: number) => `${value.toFixed(value < 100 ? 1 : 0)} ms`

function printPeers({ ours, human, size, landmarks, embedding }: PeerFigures): void {
  const row = (what: string, own: number, peer: number) =>
    console.log(`${what.padEnd(34)} ${ms(own).padStart(10)} ${ms(peer).padStart(10)} ${(peer / own).toFixed(1)} times`)
  console.log(
    `\nPer frame of ${size}, median${' '.repeat(7)} Smart Absensi   Human ${human.version} (${human.backend})`,
  )
  row(`478 landmarks (${ours.landmarks})`, landmarks.ours, landmarks.human)
  row(`embedding (${ours.embedding}; ours with mirror)`, embedding.ours, embedding.human)
}

function printWalk({ cold, warm, toReceipt, comingBack, longTasks, firstLoadBytes }: WalkFigures): void {
  console.log('\nThe product, a puppet before the camera')
  console.log(`page open to ready, cold            ${ms(cold)}`)
  console.log(`page open to ready, warm            ${ms(warm)}`)
  console.log(`last challenge to receipt           ${ms(toReceipt)}`)
  console.log(`  (the face's way back before it    ${ms(comingBack)})`)
  const tasks = longTasks.map((walk) => (walk.length === 0 ? 'none' : walk.map((task) => ms(task)).join(', ')))
  console.log(`page tasks over 50 ms, three walks  ${tasks.join(' / ')}`)
  console.log(`first load, on the wire             ${(firstLoadBytes / 1e6).toFixed(1)} MB`)
}

function printSubmit({ classmates, submits, median, slowest, baseline }: SubmitFigures): void {
  console.log(`\nThe server's share of a check-in, ${submits} of them in a class of ${classmates}`)
  console.log(`median ${ms(median)}, slowest ${ms(slowest)}; a request that reads nothing: ${ms(baseline)}`)
}

async function main(): Promise<void> {
  const load = loadavg()[0] ?? 0
  console.log(`${cpus().length} cores, load ${load.toFixed(1)}; Chromium with software WebGL`)
  if (load > cpus().length / 2) console.log('The machine is busy: the times are too long, the ratios hold.')
  for (const [width, height] of [
    [640, 480],
    [640, 640],
  ] as const)
    printPeers(await measurePeers(width, height))
  printWalk(await measureWalk())
  // The server takes its migrations in through Vite.
  const { module } = await runnerImport<typeof import('./submit.ts')>(new URL('./submit.ts', import.meta.url).pathname)
  printSubmit(await module.measureSubmit())
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
})
