/** One person of a photograph: where the pupils' middle is, how far they are apart, how the head leans. */
export interface Sitter {
  /** A file of `@vladmandic/face-api/demo`. */
  readonly file: string
  /** Middle between the pupils, pixels of the file. */
  readonly x: number
  readonly y: number
  /** Distance between the pupils, pixels of the file. */
  readonly iod: number
  /** Lean of the head, degrees clockwise: taken out. */
  readonly roll: number
}

/**
 * Different adults with large, nearly frontal faces, found once by running the landmarker over tiles of the six
 * photographs. The package (MIT) ships the photographs; nothing of them is kept in this repository.
 */
export const SITTERS = {
  a: { file: 'sample6.jpg', x: 366, y: 607, iod: 95, roll: -6 },
  b: { file: 'sample6.jpg', x: 1585, y: 385, iod: 90, roll: 14 },
  c: { file: 'sample3.jpg', x: 681, y: 432, iod: 90, roll: 0 },
  d: { file: 'sample6.jpg', x: 757, y: 450, iod: 99, roll: -4 },
  e: { file: 'sample3.jpg', x: 1164, y: 327, iod: 90, roll: 10 },
  f: { file: 'sample3.jpg', x: 1601, y: 406, iod: 98, roll: -4 },
  g: { file: 'sample5.jpg', x: 1193, y: 294, iod: 78, roll: -2 },
  h: { file: 'sample4.jpg', x: 746, y: 170, iod: 81, roll: 29 },
} as const satisfies Record<string, Sitter>
export type SitterName = keyof typeof SITTERS
