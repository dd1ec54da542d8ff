import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Folder, makeFolder } from './harness/folder.ts'
import { checkIn, enrol, finish } from './harness/person.ts'
import { type SchoolDay, startSchoolDay } from './harness/school-day.ts'
import { watchVerdicts } from './harness/verdicts.ts'
import { placeBeforeCamera } from './puppet/puppet-camera.ts'
import { makeClip } from './puppet/puppet-clip.ts'
import { preparePuppet } from './puppet/puppets.ts'
import { openWorkshop } from './puppet/workshop.ts'

/** Clips that do one thing again and again, unsteered: raw mjpeg as the browser's own camera, webm on a canvas. */
describe('a clip as the camera', () => {
  let day: SchoolDay
  let folder: Folder
  beforeAll(async () => {
    day = await startSchoolDay()
    folder = await makeFolder('clips-')
  })
  afterAll(async () => {
    await day?.end()
    await folder?.remove()
  })

  it('mjpeg: blinks, is asked to blink, enrols in any pose and checks in', async () => {
    const clip = join(folder.path, 'blinks.mjpeg')
    await writeFile(clip, makeClip(await preparePuppet('a'), 'blink', 8))
    const student = await day.addStudent({ nim: 'K-1', name: 'Kirana', challenges: ['blink'], poses: 'any' })
    const phone = await student.take({ clip })
    expect(await enrol(phone.page)).toEqual({ kind: 'enrolled' })
    await finish(phone.page)
    expect(await checkIn(phone.page)).toMatchObject({ kind: 'receipt', duplicate: false })
    await phone.close()
  })

  it('mjpeg: blinks, is asked to smile: refused', async () => {
    const clip = join(folder.path, 'blinks.mjpeg')
    const student = await day.addStudent({ nim: 'K-2', name: 'Kirana', challenges: ['smile'], poses: 'any' })
    const phone = await student.take({ clip })
    expect(await enrol(phone.page)).toEqual({ kind: 'failure', code: 'not_live' })
    await phone.close()
  })

  it('webm: turns, is asked to turn, enrols in any pose', async () => {
    const clip = join(folder.path, 'turns.webm')
    const workshop = await openWorkshop(new URL('./puppet/page/record-camera.ts', import.meta.url), (context) =>
      // Another person than the first: one face cannot enrol for two accounts.
      placeBeforeCamera(context, { puppet: 'b' }),
    )
    const bytes = await workshop.page.evaluate(() =>
      (globalThis as unknown as { recordCamera(prompt: string, ms: number): Promise<string> }).recordCamera(
        'turn-left',
        9000,
      ),
    )
    await workshop.close()
    await writeFile(clip, Buffer.from(bytes, 'base64'))
    const student = await day.addStudent({ nim: 'K-3', name: 'Kirana', challenges: ['turn-left'], poses: 'any' })
    const phone = await student.take({ clip })
    const verdicts = watchVerdicts(phone.page)
    const outcome = await enrol(phone.page)
    expect(outcome, JSON.stringify(await verdicts.last())).toEqual({ kind: 'enrolled' })
    await phone.close()
  })
})
