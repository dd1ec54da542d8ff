import type { Crop } from './lab.ts'

/**
 * Single faces of the photographs in `@vladmandic/face-api/demo`, as squares of their pixels, found once by the landmark
 * network. In a 640 x 480 frame each square is 480 px high, the face 150 to 200 px wide.
 */
export const FACES = {
  smiling: { file: 'sample6.jpg', x: 366 - 320, y: 607 - 290, size: 640 },
  bearded: { file: 'sample6.jpg', x: 1270 - 320, y: 432 - 290, size: 640 },
  third: { file: 'sample3.jpg', x: 681 - 300, y: 432 - 270, size: 600 },
  fourth: { file: 'sample5.jpg', x: 1193 - 230, y: 294 - 205, size: 460 },
} as const satisfies Record<string, Crop>

/** A square with two people in it. */
export const TWO_FACES = { file: 'sample3.jpg', x: 560, y: 60, size: 760 } as const satisfies Crop
