/**
 * Measures the scores a face match could use on a file of embeddings and prints the table of models/README.md:
 *
 *     npx tsx scripts/calibrate.ts FILE [--mean]
 *
 * FILE is a JSON array of `{person, colour, embedding[128]}` (embeddings as the network gives them, not unit vectors;
 * colour false = a grey photograph). `--mean` prints the mean of the persons' mean directions instead, the constant of
 * shared/face/dlib-mean.ts. Nothing else in the product needs this file.
 */
import { dot, lengthOf, meanDirection, unit, type Vector } from '../shared/face/vector.ts'
import { fitSlope, summarise, takeMean } from './calibrate-figures.ts'
import { meanOfOthers, type Person, type Photographs, readPeople, seeded } from './calibrate-people.ts'

/** One person's draws: each a template and a probe from different photographs. */
interface Drawn {
  readonly person: Person
  readonly draws: readonly { readonly template: Photographs; readonly probe: Photographs }[]
}

/** A way to compare: each set becomes one vector (`mean`: that of all persons but those compared), two make a score. */
interface Score {
  readonly name: string
  readonly prepare: (set: Photographs, mean: Vector) => Vector
  readonly compare: (a: Vector, b: Vector) => number
}

const CENTRED: Score = {
  name: 'cosine after subtracting the mean',
  prepare: (set, mean) => unit(meanDirection(set).map((value, i) => value - (mean[i] ?? 0))),
  compare: dot,
}
const SCORES: readonly Score[] = [
  { name: 'raw cosine', prepare: meanDirection, compare: dot },
  {
    name: 'minus Euclidean distance, unnormalised',
    prepare: takeMean,
    compare: (a, b) => -lengthOf(Float32Array.from(a, (value, i) => value - (b[i] ?? 0))),
  },
  CENTRED,
]

/** Template and probe sizes: one photograph each; three shots against one frame; three against three. */
const SIZES = [
  [1, 1],
  [3, 1],
  [3, 3],
] as const
const DRAWS = 12

function drawSets(people: readonly Person[], shots: number, frames: number): Drawn[] {
  const random = seeded(shots * 10 + frames)
  return people
    .filter((person) => person.raw.length >= shots + frames)
    .map((person) => ({
      person,
      draws: Array.from({ length: DRAWS }, () => {
        const shuffled = person.raw.map((raw) => ({ raw, key: random() })).sort((a, b) => a.key - b.key)
        const pick = shuffled.map((one) => one.raw)
        return { template: pick.slice(0, shots), probe: pick.slice(shots, shots + frames) }
      }),
    }))
}

/** Genuine and impostor scores within one kind of photographs, the mean taken without the two persons compared. */
function scorePairs(drawn: readonly Drawn[], people: readonly Person[], score: Score) {
  const genuine: number[] = []
  const impostor: number[] = []
  for (const { person, draws } of drawn) {
    const without = meanOfOthers(people, [person])
    for (const { template, probe } of draws)
      genuine.push(score.compare(score.prepare(template, without), score.prepare(probe, without)))
    for (const other of drawn) {
      if (other.person === person) continue
      const mean = meanOfOthers(people, [person, other.person])
      const templates = draws.map((draw) => score.prepare(draw.template, mean))
      const probes = other.draws.map((draw) => score.prepare(draw.probe, mean))
      for (const template of templates) for (const probe of probes) impostor.push(score.compare(template, probe))
    }
  }
  return { genuine, impostor }
}

function printTable(people: readonly Person[]) {
  console.log(
    '| score | template x probe | photographs | persons | pairs genuine / impostor | highest impostor | threshold at FMR 1e-3, TAR | threshold at FMR 1e-4, TAR | genuine 2 % / median |',
  )
  console.log('|---|---|---|---|---|---|---|---|---|')
  for (const score of SCORES)
    for (const [shots, frames] of SIZES)
      for (const colour of [true, false]) {
        const kind = people.filter((one) => one.colour === colour)
        const drawn = drawSets(kind, shots, frames)
        const pairs = scorePairs(drawn, people, score)
        const seen = summarise(pairs)
        console.log(
          `| ${score.name} | ${shots} x ${frames} | ${colour ? 'colour' : 'grey'} | ${drawn.length} | ${pairs.genuine.length} / ${pairs.impostor.length} | ${seen.highest.toFixed(3)} | ${seen.at1e3} | ${seen.at1e4} | ${seen.low.toFixed(3)} / ${seen.median.toFixed(3)} |`,
        )
      }
}

function printLimits(people: readonly Person[]) {
  console.log('\ncentred cosine, fixed limits: TAR / FMR')
  for (const [shots, frames] of SIZES)
    for (const colour of [true, false]) {
      const kind = people.filter((one) => one.colour === colour)
      const { genuine, impostor } = scorePairs(drawSets(kind, shots, frames), people, CENTRED)
      const share = (list: number[], limit: number) => list.filter((value) => value >= limit).length / list.length
      const cells = [0.5, 0.55, 0.6, 0.65, 0.68, 0.7, 0.75, 0.8].map(
        (limit) => `${limit}: ${(100 * share(genuine, limit)).toFixed(1)} % / ${share(impostor, limit).toFixed(5)}`,
      )
      console.log(`${shots} x ${frames} ${colour ? 'colour' : 'grey'}  ${cells.join('  ')}`)
      console.log(`    slope of a logistic fit: ${fitSlope(genuine, impostor).toFixed(2)}`)
    }
}

const [file, flag] = process.argv.slice(2)
if (!file) {
  console.error('usage: npx tsx scripts/calibrate.ts FILE [--mean]')
  process.exit(1)
}
const people = readPeople(file)
if (flag === '--mean') console.log(JSON.stringify([...meanOfOthers(people, [])].map((value) => +value.toFixed(6))))
else {
  printTable(people)
  printLimits(people)
}
