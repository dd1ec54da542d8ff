import { afterEach, beforeEach, expect, it } from 'vitest'
import { percentOf } from '../../../shared/attendance/summary.ts'
import { addDays } from '../../../shared/attendance/zone.ts'
import type { Status } from '../../../shared/contract/absensi.ts'
import { createDice } from '../../seed/random.ts'
import { putAttendance } from '../../test/test-attendance.ts'
import { openTestServer, type TestServer } from '../../test/test-server.ts'
import { readMarks } from './months.ts'
import { readStudentPage } from './report.ts'

const STATUSES = [
  'hadir',
  'hadir',
  'hadir',
  'hadir',
  'terlambat',
  'izin',
  'sakit',
  'alfa',
] as const satisfies readonly Status[]
const SESSIONS = ['harian', 'sore'] as const

let server: TestServer
beforeEach(async () => {
  server = await openTestServer()
})
afterEach(() => server.close())

const run = (sql: string, ...args: string[]) => server.deps.db.write([{ sql, args }])

/** What the table of attendances itself says of a student in a period. */
async function readDirectly(id: string, from: string, until: string, session?: string) {
  const rows = (await server.deps.db.read(
    'SELECT date, session_id, status FROM absensi WHERE user_id = ? AND date BETWEEN ? AND ? ORDER BY date, session_id',
    [id, from, until],
  )) as unknown as { date: string; session_id: string; status: Status }[]
  const mine = rows.filter((row) => session === undefined || row.session_id === session)
  const counts = { hadir: 0, terlambat: 0, izin: 0, sakit: 0, alfa: 0 }
  for (const { status } of mine) counts[status]++
  const runs = new Map<string, number>()
  let absences = 0
  for (const { session_id, status } of mine) {
    const run = status === 'alfa' ? (runs.get(session_id) ?? 0) + 1 : 0
    runs.set(session_id, run)
    absences = Math.max(absences, run)
  }
  return { counts, absences }
}

it('keeps every month as the attendances are, through whatever is done to them', async () => {
  const dice = createDice(7)
  const people = await Promise.all(Array.from({ length: 40 }, () => server.addUser({ kelas: 'X-1' })))
  const one = <T>(list: readonly T[]) => list[Math.floor(dice.next() * list.length)] as T
  const days = Array.from({ length: 75 }, (_, n) => addDays('2026-08-20', n))
  for (let act = 0; act < 2400; act++) {
    const { id } = one(people)
    const [date, session, status] = [one(days), one(SESSIONS), one(STATUSES)]
    const there = await server.deps.db.read(
      'SELECT id FROM absensi WHERE user_id = ? AND date = ? AND session_id = ?',
      [id, date, session],
    )
    const [row] = there as unknown as { id: string }[]
    if (row === undefined) await putAttendance(server, id, { date, session, status })
    else if (dice.next() < 0.3) await run('DELETE FROM absensi WHERE id = ?', row.id)
    else if (dice.next() < 0.5) await run('UPDATE absensi SET status = ? WHERE id = ?', status, row.id)
    // To another day: refused, with all its triggers did, where that day is taken.
    else await run('UPDATE OR IGNORE absensi SET date = ? WHERE id = ?', one(days), row.id)
  }
  for (const [from, until, session] of [
    ['2026-08-01', '2026-11-30', undefined],
    ['2026-08-25', '2026-10-03', undefined],
    ['2026-09-10', '2026-09-20', 'sore'],
  ] as const) {
    const marks = await readMarks(
      server.deps.db,
      people.map(({ id }) => id),
      { from, until, session },
    )
    const flagged: Record<number, string[]> = { 0: [], 45: [] }
    for (const { id } of people) {
      const direct = await readDirectly(id, from, until, session)
      expect(marks.get(id)).toEqual(direct)
      const { hadir, terlambat, izin, sakit, alfa } = direct.counts
      const share = percentOf(hadir + terlambat, hadir + terlambat + izin + sakit + alfa)
      for (const below of [0, 45])
        if ((share !== null && share < below) || direct.absences >= 3) flagged[below]?.push(id)
    }
    for (const below of [0, 45]) {
      const filter = { from, until, session, below, flaggedOnly: true }
      const page = await readStudentPage(server.deps.db, { kind: 'all' }, filter, { limit: 50, offset: 0 })
      expect(page.data.map(({ id }) => id).sort()).toEqual(flagged[below]?.sort())
    }
  }
  // Old attendances go by retention: nothing stays behind of a month without any.
  await run("DELETE FROM absensi WHERE date < '2026-10-01'")
  expect(await server.deps.db.read("SELECT * FROM absensi_months WHERE total = 0 OR month < '2026-10'")).toEqual([])
  await run("DELETE FROM users WHERE kelas = 'X-1'")
  expect(await server.deps.db.read('SELECT * FROM absensi_months')).toEqual([])
  // 2,400 writes, each waiting for the disk.
}, 120_000)

it('flags whoever missed three meetings running in a month long past, or came too rarely in all', async () => {
  const [ani, budi, citra] = [await server.addUser(), await server.addUser(), await server.addUser()]
  for (let day = 0; day < 3; day++) {
    const date = addDays('2026-08-24', day)
    await putAttendance(server, ani.id, { date, status: 'alfa' })
    await putAttendance(server, budi.id, { date, status: 'izin' })
    await putAttendance(server, citra.id, { date })
  }
  for (let day = 0; day < 4; day++)
    for (const { id } of [ani, budi, citra]) await putAttendance(server, id, { date: addDays('2026-10-05', day) })
  const flaggedBelow = async (below: number) => {
    const filter = { from: '2026-08-01', until: '2026-11-30', below, flaggedOnly: true }
    const page = await readStudentPage(server.deps.db, { kind: 'all' }, filter, { limit: 50, offset: 0 })
    return page.data.map(({ id }) => id).sort()
  }
  expect(await flaggedBelow(0)).toEqual([ani.id])
  expect(await flaggedBelow(57.1)).toEqual([ani.id])
  expect(await flaggedBelow(57.2)).toEqual([ani.id, budi.id].sort())
})

it('counts absences in a row over the days something is recorded of her, and by session', async () => {
  const [ani, budi, citra] = [await server.addUser(), await server.addUser(), await server.addUser()]
  const put = async ({ id }: { id: string }, dates: readonly string[], row: Parameters<typeof putAttendance>[2]) => {
    for (const date of dates) await putAttendance(server, id, { date, ...row })
  }
  // Ani's class was free on the 30th, and all October; Budi came that month; Citra missed two sessions by turns.
  await put(ani, ['2026-09-29', '2026-11-02', '2026-11-03'], { status: 'alfa' })
  await put(budi, ['2026-09-29', '2026-09-30', '2026-11-02'], { status: 'alfa' })
  await put(budi, ['2026-10-01'], { status: 'hadir' })
  await put(citra, ['2026-09-29', '2026-09-30'], { status: 'alfa' })
  await put(citra, ['2026-10-01'], { status: 'alfa', session: 'sore' })
  const ids = [ani.id, budi.id, citra.id]
  const marks = await readMarks(server.deps.db, ids, { from: '2026-09-01', until: '2026-11-30' })
  expect(ids.map((id) => marks.get(id)?.absences)).toEqual([3, 2, 2])
})
