/**
 * Measures 1:N searches on the file of embeddings of scripts/calibrate.ts and prints the table of models/README.md,
 * "Who is it, of many":
 *
 *     npx tsx scripts/calibrate-search.ts FILE
 *
 * Leave one person out: everybody in turn searches a gallery of others (an outsider), and one she is in. The mean is taken
 * without the two compared, as for a person the product has never seen.
 */
import { dot, meanDirection, unit } from '../shared/face/vector.ts'
import { fitTail, tailThreshold, thresholdAt } from './calibrate-figures.ts'
import { meanOfOthers, type Person, type Photographs, readPeople, seeded } from './calibrate-people.ts'

/** Shots of a template, searches a person, galleries drawn a search. */
const [SHOTS, SEARCHES, GALLERIES] = [3, 20, 5]
/** The limit of a gallery of a class (shared/face/model.ts). */
const LIMIT = 0.76
const SIZES = [10, 20, 30, 44]
/** The margin to the second that the product asks for (shared/face/model.ts). */
const MARGIN = 0.1
/** The share of outsiders' searches that may be accepted. */
const RATE = 0.01

interface Search {
  /** Against her own template of other photographs; null where she has too few. */
  readonly own: number | null
  readonly others: readonly number[]
}

const random = seeded(7)
const shuffle = <T>(list: readonly T[]): T[] =>
  list
    .map((item) => ({ item, key: random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item)

function score(template: Photographs, probe: Photographs, mean: Float32Array): number {
  const centre = (set: Photographs) => unit(meanDirection(set).map((value, i) => value - (mean[i] ?? 0)))
  return dot(centre(template), centre(probe))
}

function search(people: readonly Person[], kind: readonly Person[], frames: number): Search[] {
  return kind.flatMap((person) => {
    const means = new Map(kind.map((other) => [other, meanOfOthers(people, [person, other])]))
    const meanWith = (other: Person) => means.get(other) ?? new Float32Array()
    return Array.from({ length: SEARCHES }, () => {
      const pick = shuffle(person.raw)
      const [probe, rest] = [pick.slice(0, frames), pick.slice(frames, frames + SHOTS)]
      return {
        own: rest.length === SHOTS ? score(rest, probe, meanWith(person)) : null,
        others: kind
          .filter((other) => other !== person)
          .map((other) => score(shuffle(other.raw).slice(0, SHOTS), probe, meanWith(other))),
      }
    })
  })
}

const percent = (part: number, whole: number) => `${((100 * part) / whole).toFixed(1)} %`

const [file] = process.argv.slice(2)
if (!file) {
  console.error('usage: npx tsx scripts/calibrate-search.ts FILE')
  process.exit(1)
}
const people = readPeople(file).filter(({ raw }) => raw.length >= SHOTS)
console.log(
  `| photographs | probe | gallery | outsiders (searches) | threshold, no margin | threshold, margin ${MARGIN} | outsiders at ${LIMIT} and margin | members found at ${LIMIT} and margin |`,
)
console.log('|---|---|---|---|---|---|---|---|')
for (const [name, kind] of [
  ['colour', people.filter(({ colour }) => colour)],
  ['grey', people.filter(({ colour }) => !colour)],
  ['both', people],
] as const)
  for (const frames of [1, 3]) {
    const searches = search(people, kind, frames)
    for (const size of SIZES.filter((one) => one < kind.length)) {
      const tops: { best: number; lead: number; own: number | null }[] = []
      for (const { own, others } of searches)
        for (let i = 0; i < GALLERIES; i++) {
          const [best = 0, second = 0] = shuffle(others)
            .slice(0, size)
            .sort((a, b) => b - a)
          tops.push({ best, lead: best - second, own })
        }
      const clear = (lead: number) => lead >= MARGIN
      const outsiders = tops.map(({ best }) => best)
      const withMargin = tops.map(({ best, lead }) => (clear(lead) ? best : -1))
      const members = tops.filter(({ own }) => own !== null)
      const found = members.filter(({ own, best }) => (own ?? 0) >= LIMIT && clear((own ?? 0) - best))
      console.log(
        `| ${name} | ${frames} | ${size} | ${kind.length} (${tops.length}) | ${thresholdAt(outsiders, RATE).toFixed(3)} | ${thresholdAt(withMargin, RATE).toFixed(3)} | ${percent(withMargin.filter((best) => best >= LIMIT).length, tops.length)} | ${percent(found.length, members.length)} |`,
      )
    }
    const scores = searches.flatMap(({ others }) => others)
    const tail = fitTail(scores, 0.02)
    const cells = [10, 30, 44, 60, 100, 200, 400].map(
      (size) => `${size}: ${tailThreshold(tail, RATE, size).toFixed(3)}`,
    )
    console.log(`${name} ${frames}: threshold by a fitted tail, no margin: ${cells.join(', ')}`)
  }
