import { dot, type Vector } from '../../shared/face/vector.ts'

/** Somebody found near: who, and the score. */
export interface Neighbour {
  readonly userId: string
  readonly score: number
}

/**
 * Exact search over one template a user, all of one length, in one contiguous matrix. A row is one user; a removed
 * user's row is overwritten with zeros and taken by the last one's.
 */
export interface FaceIndex {
  readonly size: number
  /** The enrolment a user's template was made of; undefined when the user is not in here. */
  enrolmentOf(userId: string): string | undefined
  /** Adds or replaces a user. Throws RangeError when the template's length is another. */
  put(userId: string, enrolmentId: string, template: Vector): void
  remove(userId: string): void
  /** The user's template, a view into the matrix good until the next change; null when there is none. */
  templateOf(userId: string): Float32Array | null
  /** The nearest user whom `among` lets through, by scalar product; null when there is none. */
  nearest(probe: Vector, among: (userId: string) => boolean): Neighbour | null
  userIds(): string[]
}

const FIRST_ROWS = 64

export function createFaceIndex(length: number): FaceIndex {
  let matrix = new Float32Array(FIRST_ROWS * length)
  const users: { id: string; enrolmentId: string }[] = []
  const rows = new Map<string, number>()
  const rowAt = (row: number) => matrix.subarray(row * length, (row + 1) * length)

  return {
    get size() {
      return users.length
    },
    enrolmentOf: (userId) => users[rows.get(userId) ?? -1]?.enrolmentId,
    put: (userId, enrolmentId, template) => {
      if (template.length !== length)
        throw new RangeError(`a template of ${template.length} numbers among ones of ${length}`)
      const row = rows.get(userId) ?? users.length
      if ((row + 1) * length > matrix.length) {
        const wider = new Float32Array(matrix.length * 2)
        wider.set(matrix)
        matrix.fill(0)
        matrix = wider
      }
      rowAt(row).set(Array.from(template))
      rows.set(userId, row)
      users[row] = { id: userId, enrolmentId }
    },
    remove: (userId) => {
      const row = rows.get(userId)
      const last = users.at(-1)
      if (row === undefined || last === undefined) return
      const lastRow = users.length - 1
      rowAt(row).set(rowAt(lastRow))
      rowAt(lastRow).fill(0)
      users[row] = last
      rows.set(last.id, row)
      rows.delete(userId)
      users.pop()
    },
    templateOf: (userId) => {
      const row = rows.get(userId)
      return row === undefined ? null : rowAt(row)
    },
    nearest: (probe, among) => {
      let best: Neighbour | null = null
      for (const [row, { id }] of users.entries()) {
        const score = dot(probe, rowAt(row))
        if ((best === null || score > best.score) && among(id)) best = { userId: id, score }
      }
      return best
    },
    userIds: () => users.map(({ id }) => id),
  }
}
