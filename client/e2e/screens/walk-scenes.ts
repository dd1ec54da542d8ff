import { health, LATE, morning, notConsented, submitted } from './answers.ts'
import { asking, camera, pictureOnly, type Scene, startCamera } from './scene-kit.ts'

const receipt = (name: string, reply: ReturnType<typeof submitted>): Scene => ({
  name: `receipt-${name}`,
  answers: reply.lab === undefined ? morning : { ...morning, 'GET health': health('lab') },
  hash: '#/check-in',
  async act(page) {
    await startCamera(page)
    await page.evaluate((body) => stage.end(body), reply)
  },
  shows: '[data-testid=receipt]',
})

/** Consent, get ready, camera, choosing, receipts. */
export const walkScenes: readonly Scene[] = [
  { name: 'consent', answers: { ...morning, 'GET consents': notConsented }, hash: '#/enrol', shows: '[name=agree]' },
  { name: 'ready', answers: morning, hash: '#/check-in', shows: '[data-testid=start-camera]' },
  { name: 'ready-enrol', answers: morning, hash: '#/enrol', shows: '[data-testid=start-camera]' },
  camera('loading', { stage: 'loading', progress: { loaded: 7_240_000, total: 22_900_000 } }),
  pictureOnly(camera('permission', { stage: 'permission' })),
  pictureOnly(camera('settling', { stage: 'settling', hint: null, ring: 0.06 })),
  camera('hint', { stage: 'settling', hint: 'closer', ring: 0.03 }),
  camera('blink', asking('blink')),
  pictureOnly(camera('turn-left', asking('turn-left', { step: 2, ring: 0.7 }))),
  camera('turn-right', asking('turn-right', { attempt: 2, hint: 'one_face_only' })),
  pictureOnly(camera('smile', asking('smile'))),
  pictureOnly(camera('nod', asking('nod'))),
  pictureOnly(camera('between', asking(null, { praise: true, ring: 0.55 }))),
  pictureOnly(camera('sealing', { stage: 'sealing' })),
  camera('sending', { stage: 'sending' }),
  {
    name: 'enrol-shooting',
    answers: morning,
    hash: '#/enrol',
    async act(page) {
      await startCamera(page)
      await page.evaluate(() => stage.showShots('shooting', ['pose-front'], 'pose-left'))
    },
    shows: '[data-prompt=pose-left]',
  },
  {
    name: 'enrol-choosing',
    answers: morning,
    hash: '#/enrol',
    async act(page) {
      await startCamera(page)
      await page.evaluate(() => stage.showShots('choosing', ['pose-front', 'pose-left', 'pose-right'], 'pose-front'))
    },
    shows: '[data-testid=save-shots]',
  },
  {
    name: 'enrolled',
    answers: morning,
    hash: '#/enrol',
    async act(page) {
      await startCamera(page)
      await page.evaluate(() => stage.end({ success: true, message: '', encodings_saved: 3 }))
    },
    shows: '[data-testid=enrolled]',
  },
  receipt('hadir', submitted()),
  pictureOnly(receipt('terlambat', submitted(LATE))),
  receipt('duplicate', submitted({}, { is_duplicate: true })),
  receipt('review', submitted({ grade: 'review' })),
  pictureOnly(receipt('provisional', submitted({ grade: 'provisional' }))),
  receipt('lab', submitted({}, { lab: { verdict: null } })),
]
