import { Hono } from 'hono'
import type { z } from 'zod'
import type { okReply } from '../../shared/contract/auth.ts'
import { sealedCaptureRequest, type Ticket, ticketRequest } from '../../shared/contract/capture.ts'
import type { faceRegisterReply, faceStatusReply } from '../../shared/contract/face.ts'
import { locate } from '../attendance/session.ts'
import type { Deps } from '../deps.ts'
import { issueTicket } from '../evidence/issue.ts'
import { receiveCapture } from '../evidence/receive.ts'
import { readFaceStatus } from '../gallery/store.ts'
import type { AppEnv } from '../http/env.ts'
import { say } from '../http/language.ts'
import { refuse } from '../http/problem.ts'
import { readBody } from '../http/validate.ts'
import type { Faces } from './faces.ts'
import { registerFace } from './register.ts'

/** `/face`: tickets for captures, enrolling, what is stored of a face, and erasing it. */
export function faceRoutes(deps: Deps, faces: Faces): Hono<AppEnv> {
  const { db, guard, now } = deps

  return new Hono<AppEnv>()
    .use(guard.requireUser())
    .post('/tickets', async (c) => {
      const request = await readBody(c, ticketRequest)
      if (request.purpose === 'check-in') {
        const { state } = await locate(deps, now())
        if (state === 'before' || state === 'closed') refuse('closed')
      }
      const reply: Ticket = await issueTicket(deps, faces.sealingKeys, c.get('user'), request)
      return c.json(reply, 201)
    })
    .post('/register', async (c) => {
      const user = c.get('user')
      const sealed = await readBody(c, sealedCaptureRequest)
      const sender = {
        user,
        purpose: 'enrol',
        ipAddress: c.get('address'),
        userAgent: c.req.header('user-agent'),
      } as const
      const receipt = await receiveCapture(deps, faces, sender, sealed, (evidence) =>
        registerFace(deps, faces, evidence),
      )
      guard.forget(user.id)
      if (receipt.kind === 'refused') refuse(receipt.code, { lab: receipt.lab })
      if (receipt.kind !== 'enrolled') return refuse('not_found')
      const reply: z.infer<typeof faceRegisterReply> = {
        success: true,
        message: say(c, ENROLLED),
        encodings_saved: receipt.encodings_saved,
        ...(receipt.lab === undefined ? {} : { lab: receipt.lab }),
      }
      return c.json(reply, 201)
    })
    .get('/status', async (c) => {
      const { encodings, registeredAt, quality, model } = await readFaceStatus(db, c.get('user').id)
      const reply: z.infer<typeof faceStatusReply> = {
        has_face: encodings > 0,
        encodings,
        registered_at: registeredAt === null ? null : new Date(registeredAt).toISOString(),
        quality,
        model,
      }
      return c.json(reply)
    })
    .delete('/unregister', async (c) => {
      const userId = c.get('user').id
      await faces.erase(userId, { userId, ipAddress: c.get('address') })
      guard.forget(userId)
      const reply: z.infer<typeof okReply> = { success: true, message: say(c, ERASED) }
      return c.json(reply)
    })
}

const ENROLLED = { id: 'Wajah terdaftar.', en: 'Face enrolled.' }
const ERASED = { id: 'Data wajah sudah dihapus.', en: 'The face data has been erased.' }
