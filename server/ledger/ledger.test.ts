import { afterEach, beforeEach, expect, it } from 'vitest'
import { staffAbsensiListReply } from '../../shared/contract/absensi-admin.ts'
import { putAttendance } from '../test/test-attendance.ts'
import { openTestServer, type TestServer } from '../test/test-server.ts'
import { makeAdmin, makeGuru } from '../test/test-staff.ts'

let server: TestServer
beforeEach(async () => {
  server = await openTestServer()
  for (const [name, kelas] of [
    ['eko', 'X-2'],
    ['Ani', 'X-1'],
    ['Budi', 'X-1'],
  ] as const) {
    const { id } = await server.addUser({ name, kelas })
    for (const date of ['2026-10-29', '2026-10-30']) await putAttendance(server, id, { date })
  }
})
afterEach(() => server.close())

const list = async (query: string, token: string) => {
  const path = `/api/v1/absensi/admin/all?${query}`
  const { total, data } = await server.ask(staffAbsensiListReply, path, { token })
  return { total, told: data.map(({ name, date }) => `${name} ${date.slice(8)}`) }
}

it('lists records by name, whatever its capitals, and the newest of each person first; page by page', async () => {
  const { token } = await makeAdmin(server)
  const all = ['Ani 30', 'Ani 29', 'Budi 30', 'Budi 29', 'eko 30', 'eko 29']
  expect(await list('order=name', token)).toEqual({ total: 6, told: all })
  expect((await list('order=name&limit=2&offset=3', token)).told).toEqual(all.slice(3, 5))
  expect((await list('order=name&until=2026-10-29', token)).told).toEqual(['Ani 29', 'Budi 29', 'eko 29'])
})

it('keeps a guru to her classes in any order', async () => {
  const { token } = await makeGuru(server, 'X-2')
  for (const order of ['name', 'newest', 'oldest'])
    expect((await list(`order=${order}`, token)).told.toSorted()).toEqual(['eko 29', 'eko 30'])
})

it('finds a page by name from person to person, without sorting all records', async () => {
  const { token } = await makeAdmin(server)
  const { db } = server.deps
  const asked: { sql: string; args: Parameters<typeof db.read>[1] }[] = []
  const { read } = db
  db.read = (sql, args) => {
    asked.push({ sql, args })
    return read(sql, args)
  }
  await list('order=name', token)
  db.read = read
  const paged = asked.filter(({ sql }) => sql.includes('ORDER BY u.name'))
  expect(paged).toHaveLength(1)
  for (const { sql, args } of paged) {
    const plan = (await db.read(`EXPLAIN QUERY PLAN ${sql}`, args)).map(({ detail }) => String(detail))
    expect(plan).toContainEqual(expect.stringMatching(/^SCAN u USING .*users_by_name/))
    expect(plan).toContainEqual(expect.stringMatching(/^SEARCH a USING .*\(user_id=\?\)/))
  }
})
