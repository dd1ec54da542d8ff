import { cpus, loadavg } from 'node:os'
import { measurePeers, type PeerFigures } from './peers.ts'
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
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
})
