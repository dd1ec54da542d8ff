import type { Status } from '../../../../shared/contract/absensi.ts'

/** A mark that is not saved, and what was recorded of her when it was made (null: nothing). */
export interface UnsavedMark {
  readonly status: Status
  readonly was: Status | null
}
/** By the id of the student. */
export type Marks = ReadonlyMap<string, UnsavedMark>
export type Recorded = ReadonlyMap<string, Status>

/** The marks with one more for each of the students, over what is recorded of them. */
export function addMarks(marks: Marks, ids: readonly string[], status: Status, recorded: Recorded): Marks {
  return new Map([...marks, ...ids.map((id) => [id, { status, was: recorded.get(id) ?? null }] as const)])
}

/**
 * What is left of the marks by what is recorded: one that was made over another record has lost its ground, and goes.
 * @returns `kept`, those that hold; `overtaken`, the ids of whom something else than her mark was recorded meanwhile
 */
export function settleMarks(marks: Marks, recorded: Recorded): { kept: Marks; overtaken: readonly string[] } {
  const isSeen = ([id, { was }]: readonly [string, UnsavedMark]) => (recorded.get(id) ?? null) === was
  const lost = [...marks].filter((one) => !isSeen(one))
  return {
    kept: new Map([...marks].filter(isSeen)),
    overtaken: lost.filter(([id, { status }]) => recorded.get(id) !== status).map(([id]) => id),
  }
}

/** The marks without those that were saved; what was marked anew while that was under way lies over what it saved. */
export function withoutSaved(marks: Marks, saved: Marks): Marks {
  return new Map(
    [...marks].flatMap(([id, mark]) => {
      const done = saved.get(id)
      if (done?.status === mark.status) return []
      return [[id, done === undefined ? mark : { ...mark, was: done.status }] as const]
    }),
  )
}
