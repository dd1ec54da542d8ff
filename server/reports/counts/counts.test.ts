import { afterEach, beforeEach, expect, it } from 'vitest'
import { updateStudents } from '../../students/import/store.ts'
import { moveStudents } from '../../students/store.ts'
import { putAttendance, seedSmall } from '../../test/test-attendance.ts'
import { openTestServer, type TestServer } from '../../test/test-server.ts'

let server: TestServer
beforeEach(async () => {
  server = await openTestServer()
})
afterEach(() => server.close())

const run = (sql: string, ...args: string[]) => server.deps.db.write([{ sql, args }])

/** What the triggers keep, and what a count of the table itself gives. */
async function compare() {
  const { read } = server.deps.db
  const kept = await read(
    'SELECT date, session_id, kelas, status, count, late_minutes FROM absensi_counts WHERE count <> 0 ORDER BY 1, 2, 3, 4',
  )
  const counted = await read(
    `SELECT a.date, a.session_id, coalesce(u.kelas, '') AS kelas, a.status, count(*) AS count,
      sum(a.late_minutes) AS late_minutes FROM absensi a JOIN users u ON u.id = a.user_id WHERE u.role = 'user'
      GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4`,
  )
  const totals = await read(
    'SELECT date, session_id, status, count FROM absensi_totals WHERE count <> 0 ORDER BY 1, 2, 3',
  )
  const summed = await read(
    `SELECT date, session_id, status, sum(count) AS count FROM absensi_counts GROUP BY 1, 2, 3 HAVING sum(count) <> 0
      ORDER BY 1, 2, 3`,
  )
  return { kept, counted, totals, summed }
}

async function expectCounts(): Promise<void> {
  const { kept, counted, totals, summed } = await compare()
  expect(kept).toEqual(counted)
  expect(totals).toEqual(summed)
}

it('keeps the counts true through whatever is done to an attendance', async () => {
  const ani = await server.addUser({ kelas: 'X-1' })
  const budi = await server.addUser({ kelas: null })
  const guru = await server.addUser({ role: 'guru', kelas: null })
  const first = await putAttendance(server, ani.id, { date: '2026-11-02', status: 'terlambat', late: 12 })
  await putAttendance(server, ani.id, { date: '2026-11-03', status: 'hadir' })
  await putAttendance(server, budi.id, { date: '2026-11-02', status: 'hadir' })
  await putAttendance(server, guru.id, { date: '2026-11-02', status: 'hadir' })
  await expectCounts()
  expect((await compare()).kept).toHaveLength(3)

  await run("UPDATE absensi SET status = 'hadir', late_minutes = 0 WHERE id = ?", first)
  await expectCounts()
  await run("UPDATE absensi SET date = '2026-11-04' WHERE id = ?", first)
  await expectCounts()
  // A statement that ignores conflicts outside must not lose counts inside.
  await run(
    `INSERT OR IGNORE INTO absensi (id, user_id, session_id, date, timestamp, status, grade, late_minutes, confidence,
      created_at) VALUES ('x', ?, 'harian', '2026-11-02', 0, 'hadir', 'verified', 0, 0, 0)`,
    ani.id,
  )
  await expectCounts()
  await run('DELETE FROM absensi WHERE id = ?', first)
  await expectCounts()
})

it('moves a student’s counts along with her class and role, and drops them with her', async () => {
  const ani = await server.addUser({ kelas: 'X-1' })
  const budi = await server.addUser({ kelas: 'X-1' })
  for (const { id } of [ani, budi]) {
    await putAttendance(server, id, { date: '2026-11-02', status: 'terlambat', late: 5 })
    await putAttendance(server, id, { date: '2026-11-03', status: 'alfa' })
  }
  await run("UPDATE users SET kelas = 'XI-1' WHERE id = ?", ani.id)
  await expectCounts()
  expect((await compare()).kept.map(({ kelas }) => kelas)).toEqual(['X-1', 'XI-1', 'X-1', 'XI-1'])
  await run('UPDATE users SET kelas = NULL')
  await expectCounts()
  await run("UPDATE users SET role = 'guru' WHERE id = ?", ani.id)
  await expectCounts()
  await run("UPDATE users SET role = 'user', kelas = 'X-2' WHERE id = ?", ani.id)
  await expectCounts()
  await run('DELETE FROM users WHERE id = ?', ani.id)
  await expectCounts()
  expect((await compare()).kept).toHaveLength(2)
})

it('is true of a whole school, promoted at once', async () => {
  await seedSmall(server, { students: 70, days: 6 })
  await expectCounts()
  await run("UPDATE users SET kelas = 'XII-' || substr(kelas, -1) WHERE role = 'user'")
  await expectCounts()
})

it('moves the counts of many together as it does one by one, and not at all when a move is refused', async () => {
  await seedSmall(server, { students: 70, days: 6 })
  const rows = await server.deps.db.read("SELECT id, kelas FROM users WHERE role = 'user' ORDER BY id")
  const people = rows.map(({ id, kelas }) => ({ id: String(id), from: String(kelas) }))
  const classes = [...new Set(people.map(({ from }) => from))].sort()
  // Each class into the next, the last one out, and some stay where they are.
  const moves = people.map(({ id, from }, n) => ({
    id,
    from,
    to: n % 9 === 0 ? from : (classes[classes.indexOf(from) + 1] ?? null),
  }))
  const [first] = moves
  const wrong = moves.map((move) => (move === first ? { ...move, from: 'nowhere' } : move))
  const before = await compare()
  await expect(server.deps.db.write(moveStudents(wrong, 1))).rejects.toThrow()
  expect(await compare()).toEqual(before)
  await server.deps.db.write(moveStudents(moves, 1))
  await expectCounts()
  expect((await compare()).kept).not.toEqual(before.kept)

  const said = { name: 'Ani', email: null, parent_email: null }
  const list = people.map(({ id }, n) => ({ ...said, id, kelas: n % 3 === 0 ? null : `XI-${n % 2}` }))
  await server.deps.db.write(updateStudents(list, 1))
  await expectCounts()
  // From then on one by one again.
  await run("UPDATE users SET kelas = 'X-9' WHERE id = ?", people[0]?.id ?? '')
  await expectCounts()
  await run("UPDATE absensi SET status = 'alfa' WHERE user_id = ?", people[0]?.id ?? '')
  await expectCounts()
})

it('looks each student of a long list up by her id: not the whole list for every student', async () => {
  const moves = moveStudents([{ id: 'a', from: 'X', to: 'Y' }], 1)
  const said = updateStudents([{ id: 'a', name: 'A', kelas: 'X', email: null, parent_email: null }], 1)
  for (const { sql, args = {} } of [...moves, ...said].filter((one) => one.sql.startsWith('UPDATE users'))) {
    const plan = await server.deps.db.read(`EXPLAIN QUERY PLAN ${sql}`, args as never)
    expect(plan.map(({ detail }) => detail).join('\n')).toMatch(/^SCAN \S+ [^\n]*\n[^\n]*SEARCH users .*\(id=\?\)/)
  }
})
