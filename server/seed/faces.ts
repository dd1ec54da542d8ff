import { vectorToBytes } from '../../shared/face/bytes.ts'
import type { FaceModel } from '../../shared/face/model.ts'
import type { NewEncoding, Pose } from '../gallery/store.ts'
import type { Vault } from '../gallery/vault.ts'
import type { SeedStudent } from './people.ts'
import type { Dice } from './random.ts'

const POSES: readonly Pose[] = ['front', 'left', 'right']

/** How far a shot lies from the person's own direction, in each number, against a unit vector's. */
const SPREAD = 0.35

/**
 * Three shots of each student, sealed as real ones are. Nobody looks like that: the vectors are drawn, so nobody can
 * check in by them, but the gallery, the vault and the search have their real work.
 */
export async function sealFaces(
  dice: Dice,
  vault: Vault,
  model: FaceModel,
  students: readonly SeedStudent[],
): Promise<NewEncoding[]> {
  const shots = students.flatMap(({ id: userId }) => {
    const person = drawVector(dice, model.length)
    const enrolmentId = dice.id(0x60000000)
    return POSES.map((pose) => {
      const shift = drawVector(dice, model.length)
      return {
        id: dice.id(0x70000000),
        userId,
        enrolmentId,
        pose,
        quality: 86 + dice.between(0, 130) / 10,
        confidence: 0.9 + dice.between(0, 99) / 1000,
        vector: toUnit(person.map((value, index) => value + SPREAD * (shift[index] ?? 0))),
      }
    })
  })
  const sealed = await vault.sealAll(
    shots.map(({ id, userId, vector }) => ({
      binding: { kind: 'encoding', userId, id, form: model.id },
      plain: vectorToBytes(vector),
    })),
  )
  return shots.flatMap(({ vector: _, ...shot }, index) => {
    const bytes = sealed[index]
    return bytes === undefined ? [] : [{ ...shot, model: model.id, sealed: bytes }]
  })
}

const drawVector = (dice: Dice, length: number) => toUnit(Array.from({ length }, () => dice.bell()))

function toUnit(vector: readonly number[]): number[] {
  const size = Math.hypot(...vector)
  return vector.map((value) => value / size)
}
