import { createHash } from 'node:crypto'
import type { z } from 'zod'
import type { promoteReply, promoteRequest } from '../../shared/contract/people.ts'
import { closeSessions } from '../attendance/close.ts'
import { isConflict } from '../db/write.ts'
import type { Deps } from '../deps.ts'
import type { By } from '../http/by.ts'
import { refuse } from '../http/problem.ts'
import { readSpelling } from '../users/spell-kelas.ts'
import { moveStudents, readStudentsOf } from './store.ts'

/**
 * Moves whole classes on. The preview counts and gives a fingerprint of who is where; the commit takes it back, so that
 * exactly what was shown happens, and happens once: a repeat finds other people in those classes and is a conflict.
 */
export async function promoteClasses(
  deps: Deps,
  { mode, moves: asked, fingerprint }: z.output<typeof promoteRequest>,
  by: By,
): Promise<z.input<typeof promoteReply>> {
  const { db, audit, guard, now } = deps
  const spell = await readSpelling(db)
  // Where capitals alone change, that is what is wanted: a class's spelling is put right.
  const isRespelled = (from: string, to: string) => from !== to && from.toLowerCase() === to.toLowerCase()
  const moves = asked.map(({ from, to }) => ({ from, to: to === null || isRespelled(from, to) ? to : spell(to) }))
  const goals = new Map(moves.map(({ from, to }) => [from, to]))
  const students = await readStudentsOf(db, [...goals.keys()])
  const current = createHash('sha256')
    .update(JSON.stringify([moves, students.map(({ id, kelas }) => [id, kelas])]))
    .digest('base64url')
  const reply = {
    mode,
    total: students.length,
    moves: moves.map((move) => ({ ...move, students: students.filter(({ kelas }) => kelas === move.from).length })),
    fingerprint: current,
  }
  if (mode === 'preview') return reply
  if (fingerprint !== current) return refuse('conflict', CHANGED)
  if (students.length === 0) return reply
  // What is over was of the classes of before.
  await closeSessions(deps, now())
  const steps = students.map(({ id, kelas }) => ({ id, from: kelas, to: goals.get(kelas) ?? null }))
  try {
    await audit.write(moveStudents(steps, now()), {
      ...by,
      action: 'promote_students',
      entityType: 'user',
      details: { students: steps.length, classes: moves.length, left: steps.filter(({ to }) => to === null).length },
    })
  } catch (error) {
    if (isConflict(error)) refuse('conflict', CHANGED)
    throw error
  }
  for (const { id } of steps) guard.forget(id)
  return reply
}

const CHANGED = {
  detail: {
    id: 'Isi kelas sudah berubah sejak pratinjau, atau kenaikan ini sudah dijalankan. Buat pratinjau baru.',
    en: 'The classes have changed since the preview, or this was done already. Make a new preview.',
  },
}
