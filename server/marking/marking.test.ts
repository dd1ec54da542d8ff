import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  absensiHistoryReply,
  markReply,
  reviewReply,
  staffAbsensiListReply,
  staffAbsensiReply,
} from '../../shared/contract/absensi-admin.ts'
import { closeSessions } from '../attendance/close.ts'
import { noteLeaving } from '../attendance/store.ts'
import { putAttendance, readRows } from '../test/test-attendance.ts'
import { openTestServer, type TestServer } from '../test/test-server.ts'
import { makeAdmin, makeGuru } from '../test/test-staff.ts'

let server: TestServer
let guru: { id: string; token: string }
let ani: { id: string }
let budi: { id: string }
let far: { id: string }
beforeEach(async () => {
  server = await openTestServer({ ACCESS_TOKEN_EXPIRE_MINUTES: '1440' })
  guru = await makeGuru(server, 'X-1')
  ani = await server.addUser()
  budi = await server.addUser()
  far = await server.addUser({ kelas: 'X-2' })
})
afterEach(() => server.close())

const ADMIN = '/api/v1/absensi/admin'
const DAY = { session_id: 'harian', date: '2026-11-02' }
const mark = (marks: object[], rest: object = {}, token = guru.token) => ({
  body: { ...DAY, marks, ...rest },
  token,
})
const markAs = (marks: object[], rest: object = {}) => server.ask(markReply, `${ADMIN}/mark`, mark(marks, rest))
const row = (status: string, method = 'manual') => ({ date: '2026-11-02', session_id: 'harian', status, method })
const historyOf = (id: string, token = guru.token) =>
  server.ask(absensiHistoryReply, `${ADMIN}/${id}/history`, { token })

describe('marking by hand', () => {
  it('adds what is missing, and everybody unmarked of the class; the same again changes nothing', async () => {
    await putAttendance(server, budi.id)
    const cici = await server.addUser()
    const marks = [{ user_id: ani.id, status: 'terlambat', late_minutes: 20, note: 'ban bocor' }]
    const rest = { unmarked_to: { kelas: 'X-1', status: 'alfa' } }
    expect(await markAs(marks, rest)).toMatchObject({ added: 1, corrected: 0, unmarked: 1 })
    expect(await markAs(marks, rest)).toMatchObject({ added: 0, corrected: 0, unmarked: 0 })
    expect(await readRows(server, ani.id)).toEqual([row('terlambat')])
    expect(await readRows(server, budi.id)).toEqual([row('hadir', 'face')])
    expect(await readRows(server, cici.id)).toEqual([row('alfa')])
    expect(await readRows(server, far.id)).toEqual([])
    const [stored] = await server.deps.db.read('SELECT * FROM absensi WHERE user_id = ?', [ani.id])
    expect(stored).toMatchObject({ confidence: 0, late_minutes: 20, note: 'ban bocor', grade: 'verified' })
  })

  const approveSick = () =>
    server.deps.db.write([
      {
        sql: `INSERT INTO izin_requests (id, user_id, kind, from_date, until_date, reason, state, created_at)
          VALUES ('i', ?, 'sakit', '2026-11-02', '2026-11-03', '-', 'approved', 0)`,
        args: [ani.id],
      },
    ])

  it('puts an approved izin before alfa when it sets the unmarked', async () => {
    await approveSick()
    await markAs([], { unmarked_to: { kelas: 'X-1', status: 'alfa' } })
    expect(await readRows(server, ani.id)).toEqual([row('sakit', 'izin')])
    expect(await readRows(server, budi.id)).toEqual([row('alfa')])
  })

  it('puts it before a mark of alfa, too, until that names it', async () => {
    await approveSick()
    const marks = [ani, budi].map(({ id }) => ({ user_id: id, status: 'alfa', was: null }))
    expect(await markAs(marks)).toMatchObject({ added: 2 })
    for (const again of [marks, marks.map(({ was, ...one }) => one)])
      for (const rest of [{}, { reason: 'sekali lagi' }])
        expect(await markAs(again, rest)).toMatchObject({ added: 0, corrected: 0 })
    expect(await readRows(server, ani.id)).toEqual([row('sakit', 'izin')])
    expect(await readRows(server, budi.id)).toEqual([row('alfa')])
    const named = [{ user_id: ani.id, status: 'alfa', was: 'sakit' }]
    expect(await markAs(named, { reason: 'surat palsu' })).toMatchObject({ corrected: 1 })
    expect(await readRows(server, ani.id)).toEqual([row('alfa')])
  })

  it('changes only what was seen: a check-in that came meanwhile is told, and nothing is written', async () => {
    const id = await putAttendance(server, budi.id, { status: 'terlambat' })
    await putAttendance(server, ani.id)
    const marks = [
      { user_id: ani.id, status: 'alfa', was: null },
      { user_id: budi.id, status: 'hadir', was: 'terlambat' },
    ]
    for (const rest of [{ reason: 'salah jam' }, {}]) {
      const refused = await server.refused(`${ADMIN}/mark`, mark(marks, rest))
      expect(refused).toMatchObject({ code: 'conflict', fields: [{ path: 'marks.0' }] })
      expect(refused.fields).toHaveLength(1)
    }
    expect(await readRows(server, ani.id)).toEqual([row('hadir', 'face')])
    expect(await readRows(server, budi.id)).toEqual([row('terlambat', 'face')])
    // What came is what the mark makes it: no harm. What was corrected once is so when it is sent again.
    const same = [{ user_id: ani.id, status: 'hadir', was: null }, ...marks.slice(1)]
    expect(await markAs(same, { reason: 'salah jam' })).toMatchObject({ added: 0, corrected: 1 })
    expect(await markAs(same, { reason: 'salah jam' })).toMatchObject({ added: 0, corrected: 0 })
    // A record that is gone was seen as well.
    await server.deps.db.write([{ sql: 'DELETE FROM absensi WHERE id = ?', args: [id] }])
    const gone = [{ user_id: budi.id, status: 'alfa', was: 'hadir' }]
    expect((await server.refused(`${ADMIN}/mark`, mark(gone, { reason: 'tidak ada' }))).code).toBe('conflict')
    expect(await readRows(server, budi.id)).toEqual([])
  })

  it('never overwrites silently: a reason makes it a correction that keeps both values', async () => {
    const id = await putAttendance(server, ani.id, { status: 'terlambat' })
    const marks = [
      { user_id: budi.id, status: 'hadir' },
      { user_id: ani.id, status: 'izin' },
    ]
    const refused = await server.refused(`${ADMIN}/mark`, mark(marks))
    expect(refused).toMatchObject({ code: 'conflict', fields: [{ path: 'marks.1' }] })
    expect(await readRows(server, budi.id)).toEqual([])
    expect(await markAs(marks, { reason: 'surat dokter' })).toMatchObject({ added: 1, corrected: 1 })
    expect(await readRows(server, ani.id)).toEqual([row('izin')])
    const { absensi, corrections } = await historyOf(id)
    expect(absensi).toMatchObject({ id, status: 'izin', corrections: 1, confidence: 0 })
    expect(corrections).toMatchObject([
      {
        by: { id: guru.id },
        reason: 'surat dokter',
        old_value: { status: 'terlambat', method: 'face', confidence: 0.913 },
        new_value: { status: 'izin', method: 'manual', confidence: 0 },
      },
    ])
    expect(await markAs(marks, { reason: 'sekali lagi' })).toMatchObject({ added: 0, corrected: 0 })
  })

  it('lets one of two who mark differently at once win, and tells the other', async () => {
    const admin = await makeAdmin(server)
    const replies = await Promise.all([
      server.call(`${ADMIN}/mark`, mark([{ user_id: ani.id, status: 'izin' }])),
      server.call(`${ADMIN}/mark`, mark([{ user_id: ani.id, status: 'sakit' }], {}, admin.token)),
    ])
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 409])
    expect(await readRows(server, ani.id)).toHaveLength(1)
  })

  it('stays within the classes of the marker, the session and the past', async () => {
    const one = { user_id: ani.id, status: 'hadir' }
    const codeOf = async (call: { body: object; token: string }) => (await server.refused(`${ADMIN}/mark`, call)).code
    expect(await codeOf(mark([one, { user_id: far.id, status: 'hadir' }]))).toBe('not_found')
    expect(await codeOf(mark([{ user_id: guru.id, status: 'hadir' }]))).toBe('not_found')
    expect(await codeOf(mark([{ user_id: randomUUID(), status: 'hadir' }]))).toBe('not_found')
    expect(await codeOf(mark([], { unmarked_to: { kelas: 'X-2', status: 'alfa' } }))).toBe('not_found')
    expect(await codeOf(mark([one], { session_id: 'lain' }))).toBe('not_found')
    expect(await codeOf(mark([one], { date: '2026-11-03' }))).toBe('bad_request')
    expect(await codeOf(mark([one, one]))).toBe('bad_request')
    expect(await codeOf(mark([{ ...one, status: 'bolos' }]))).toBe('bad_request')
    const { access_token } = await server.signedIn()
    expect(await codeOf(mark([one], {}, access_token))).toBe('forbidden')
    await server.deps.db.write([{ sql: `UPDATE sessions SET kelas = '["X-2"]', days = '[1]'` }])
    const admin = await makeAdmin(server)
    expect(await codeOf(mark([one], {}, admin.token))).toBe('bad_request')
    expect(await codeOf(mark([], { unmarked_to: { kelas: 'X-1', status: 'alfa' } }, admin.token))).toBe('bad_request')
    expect(await codeOf(mark([], { date: '2026-11-01' }, admin.token))).toBe('bad_request')
    expect(await server.deps.db.read('SELECT id FROM absensi')).toEqual([])
  })

  it('goes back as far as the school lets a teacher; an admin further', async () => {
    const admin = await makeAdmin(server)
    const one = { user_id: ani.id, status: 'hadir' }
    const ask = (date: string, token = guru.token) => server.call(`${ADMIN}/mark`, mark([one], { date }, token))
    expect((await ask('2026-10-19')).status).toBe(200)
    const long = mark([one], { date: '2026-10-18' })
    expect(await server.refused(`${ADMIN}/mark`, long)).toMatchObject({
      code: 'bad_request',
      fields: [{ path: 'date' }],
    })
    expect((await ask('2026-10-18', admin.token)).status).toBe(200)
    const [old] = await server.deps.db.read("SELECT id FROM absensi WHERE date = '2026-10-18'")
    const change = { method: 'PUT', body: JSON.stringify({ status: 'izin', reason: 'surat' }) }
    const refused = await server.refused(`${ADMIN}/${old?.id}`, { ...change, token: guru.token })
    expect(refused).toMatchObject({ code: 'bad_request', fields: [{ path: 'date' }] })
  })
})

describe('correcting one', () => {
  const put = (id: string, body: object, token = guru.token) => ({
    path: `${ADMIN}/${id}`,
    call: { method: 'PUT', body, token },
  })

  it('keeps what it was, is the same when repeated, and needs a reason', async () => {
    const id = await putAttendance(server, ani.id, { status: 'terlambat' })
    const { path, call } = put(id, { status: 'hadir', reason: 'jam sekolah salah', note: 'ok' })
    const first = await server.ask(staffAbsensiReply, path, call)
    expect(first.absensi).toMatchObject({
      status: 'hadir',
      method: 'manual',
      note: 'ok',
      late_minutes: 0,
      corrections: 1,
    })
    expect(await server.ask(staffAbsensiReply, path, call)).toEqual(first)
    for (const body of [{ status: 'hadir' }, { status: 'hadir', reason: ' ' }, { status: 'x', reason: 'alasan' }])
      expect((await server.refused(path, { ...call, body })).code).toBe('bad_request')
    const lines = await server.deps.db.read(
      "SELECT user_id, details FROM audit_logs WHERE action = 'correct_attendance'",
    )
    expect(lines).toEqual([{ user_id: guru.id, details: '{"from":"terlambat","to":"hadir"}' }])
  })

  it('leaves what stands behind a status as it is where only a remark or the minutes change', async () => {
    const id = await putAttendance(server, ani.id, { status: 'terlambat', grade: 'review' })
    const remark = put(id, { status: 'terlambat', was: 'terlambat', reason: 'ditanyakan', note: 'ban bocor' })
    const minutes = put(id, { status: 'terlambat', reason: 'jam gerbang', late_minutes: 12 })
    for (const { path, call } of [remark, minutes]) await server.ask(staffAbsensiReply, path, call)
    expect((await historyOf(id)).absensi).toMatchObject({
      ...{ status: 'terlambat', grade: 'review', method: 'face', confidence: 0.913 },
      ...{ note: 'ban bocor', late_minutes: 12, corrections: 2 },
    })
    const emptied = put(id, { status: 'terlambat', reason: 'keliru', note: '' })
    await server.ask(staffAbsensiReply, emptied.path, emptied.call)
    expect((await historyOf(id)).absensi).toMatchObject({ note: null, late_minutes: 12, corrections: 3 })
  })

  it('takes the leaving of whoever was not there, and leaves that of whoever was', async () => {
    const leftAt = async (id: string) => (await historyOf(id)).absensi?.left_at
    for (const wanted of ['alfa', 'izin', 'sakit']) {
      const id = await putAttendance(server, ani.id, { status: 'terlambat', timestamp: server.clock.now - 1000 })
      await server.deps.db.write(noteLeaving(id, server.clock.now, 'verified'))
      const present = put(id, { status: 'hadir', reason: 'jam salah' })
      await server.ask(staffAbsensiReply, present.path, present.call)
      expect(await leftAt(id)).not.toBeNull()
      if (wanted === 'alfa') await markAs([{ user_id: ani.id, status: wanted }], { reason: 'bukan dia' })
      else {
        const { path, call } = put(id, { status: wanted, reason: 'bukan dia' })
        await server.ask(staffAbsensiReply, path, call)
      }
      expect(await leftAt(id)).toBeNull()
      await server.deps.db.write([{ sql: 'DELETE FROM absensi WHERE id = ?', args: [id] }])
    }
  })

  it("does not find another class's, and is no student's", async () => {
    const id = await putAttendance(server, far.id)
    const wanted = { status: 'alfa', reason: 'tidak ada' }
    const { path, call } = put(id, wanted)
    expect((await server.refused(path, call)).code).toBe('not_found')
    expect((await server.refused(`${path}/history`, { token: guru.token })).code).toBe('not_found')
    expect(
      (await server.refused(`${path}/review`, { body: { decision: 'accept', reason: 'sah' }, token: guru.token })).code,
    ).toBe('not_found')
    const { access_token: token } = await server.signedIn()
    expect((await server.refused(path, { ...call, token })).code).toBe('forbidden')
    expect((await server.refused(`${ADMIN}/bukan-id`, call)).code).toBe('bad_request')
    const admin = await makeAdmin(server)
    const own = await putAttendance(server, admin.id)
    expect((await server.refused(`${ADMIN}/${own}`, { ...call, token: admin.token })).code).toBe('forbidden')
    expect((await server.ask(staffAbsensiReply, path, { ...call, token: admin.token })).absensi.status).toBe('alfa')
  })
})

describe('the review queue', () => {
  const queue = async (query = '') =>
    (await server.ask(staffAbsensiListReply, `${ADMIN}/review${query}`, { token: guru.token })).data.map(({ id }) => id)
  const decide = (id: string, decision: string) => ({
    path: `${ADMIN}/${id}/review`,
    call: { body: { decision, reason: 'sudah dilihat' }, token: guru.token },
  })

  it('holds review and provisional ones of her classes, oldest first, until somebody decides', async () => {
    const second = await putAttendance(server, ani.id, { grade: 'review' })
    const first = await putAttendance(server, budi.id, { grade: 'provisional', date: '2026-11-01' })
    await putAttendance(server, far.id, { grade: 'review' })
    await putAttendance(server, ani.id, { date: '2026-10-30' })
    expect(await queue()).toEqual([first, second])
    expect(await queue('?limit=1&offset=1')).toEqual([second])
    expect(await queue('?kelas=X-2')).toEqual([])
    const { path, call } = decide(second, 'accept')
    for (const _ of [1, 2])
      expect(await server.ask(reviewReply, path, call)).toMatchObject({
        outcome: 'accepted',
        absensi: { grade: 'verified', method: 'face', confidence: 0.913, corrections: 1 },
      })
    expect(await queue()).toEqual([first])
    const rejected = decide(second, 'reject')
    expect((await server.refused(rejected.path, rejected.call)).code).toBe('conflict')
  })

  it('makes a rejected one alfa when its session is over, and removes it while it is open', async () => {
    const old = await putAttendance(server, ani.id, { grade: 'review', date: '2026-11-01' })
    const fresh = await putAttendance(server, ani.id, { grade: 'review' })
    const [over, open] = [decide(old, 'reject'), decide(fresh, 'reject')]
    expect(await server.ask(reviewReply, over.path, over.call)).toMatchObject({
      outcome: 'alfa',
      absensi: { status: 'alfa', method: 'manual', grade: 'verified', confidence: 0 },
    })
    expect(await server.ask(reviewReply, open.path, open.call)).toEqual({ outcome: 'removed', absensi: null })
    expect((await server.refused(open.path, open.call)).code).toBe('not_found')
    expect(await historyOf(fresh)).toMatchObject({
      absensi: null,
      corrections: [{ old_value: { status: 'hadir', grade: 'review' }, new_value: null, reason: 'sudah dilihat' }],
    })
    await closeSessions(server.deps, Date.parse('2026-11-03T00:00:00+07:00'))
    expect(await readRows(server, ani.id)).toEqual([{ ...row('alfa'), date: '2026-11-01' }, row('alfa', 'close')])
  })

  it('makes a rejected one alfa where no close will come for it', async () => {
    const reject = async (id: string) => {
      const { path, call } = decide(id, 'reject')
      return (await server.ask(reviewReply, path, call)).outcome
    }
    const moved = await putAttendance(server, ani.id, { grade: 'review' })
    await server.deps.db.write([{ sql: `UPDATE sessions SET kelas = '["X-2"]' WHERE id = 'harian'` }])
    expect(await reject(moved)).toBe('alfa')
    await server.deps.db.write([{ sql: "UPDATE sessions SET kelas = NULL, is_active = 0 WHERE id = 'harian'" }])
    expect(await reject(await putAttendance(server, budi.id, { grade: 'review' }))).toBe('alfa')
  })

  it('is rejected as far back as a teacher may mark, and accepted whenever it was', async () => {
    const old = await putAttendance(server, ani.id, { grade: 'review', date: '2026-10-18' })
    const [no, yes] = [decide(old, 'reject'), decide(old, 'accept')]
    expect((await server.refused(no.path, no.call)).code).toBe('bad_request')
    expect((await server.ask(reviewReply, yes.path, yes.call)).outcome).toBe('accepted')
  })

  it('makes a rejected one what was approved for that day', async () => {
    const old = await putAttendance(server, ani.id, { grade: 'review', date: '2026-11-01' })
    await server.deps.db.write([
      {
        sql: `INSERT INTO izin_requests (id, user_id, kind, from_date, until_date, reason, state, created_at)
          VALUES ('i', ?, 'sakit', '2026-10-31', '2026-11-01', 'demam', 'approved', 0)`,
        args: [ani.id],
      },
    ])
    const { path, call } = decide(old, 'reject')
    expect(await server.ask(reviewReply, path, call)).toMatchObject({ absensi: { status: 'sakit', method: 'izin' } })
  })

  it('takes only a doubted leaving away, and keeps a coming in doubt whatever the leaving is', async () => {
    const leave = (id: string, grade: 'review' | 'provisional') =>
      server.deps.db.write(noteLeaving(id, server.clock.now, grade))
    const sure = await putAttendance(server, ani.id)
    await leave(sure, 'review')
    const { path, call } = decide(sure, 'reject')
    expect(await server.ask(reviewReply, path, call)).toMatchObject({
      outcome: 'arrived',
      absensi: { status: 'hadir', grade: 'verified', method: 'face', left_at: null, corrections: 1 },
    })
    await leave(sure, 'provisional')
    const accept = decide(sure, 'accept')
    expect(await server.ask(reviewReply, accept.path, accept.call)).toMatchObject({ absensi: { grade: 'verified' } })
    // With the leaving gone, her coming can still be rejected.
    const kept = await putAttendance(server, ani.id, { grade: 'provisional', date: '2026-10-30' })
    await leave(kept, 'review')
    const again = decide(kept, 'reject')
    for (const outcome of ['arrived', 'alfa'])
      expect(await server.ask(reviewReply, again.path, again.call)).toMatchObject({ outcome })
    const doubted = await putAttendance(server, budi.id, { grade: 'review' })
    await leave(doubted, 'provisional')
    expect(await queue()).toEqual([doubted])
    const both = decide(doubted, 'reject')
    expect(await server.ask(reviewReply, both.path, both.call)).toMatchObject({ outcome: 'removed' })
  })
})

describe('two at once', () => {
  it('a correction of what was something else when it was looked at is told, and changes nothing', async () => {
    const id = await putAttendance(server, ani.id, { grade: 'review' })
    const correct = (status: string, was: string) => ({
      method: 'PUT',
      body: { status, was, reason: 'datang kemudian' },
      token: guru.token,
    })
    const admin = await makeAdmin(server)
    const rejected = { body: { decision: 'accept', reason: 'sah' }, token: admin.token }
    await server.ask(reviewReply, `${ADMIN}/${id}/review`, rejected)
    await server.ask(staffAbsensiReply, `${ADMIN}/${id}`, { ...correct('alfa', 'hadir'), token: admin.token })
    expect((await server.refused(`${ADMIN}/${id}`, correct('terlambat', 'hadir'))).code).toBe('conflict')
    expect(await readRows(server, ani.id)).toEqual([row('alfa')])
    // The same again is no harm, whatever was seen.
    await server.ask(staffAbsensiReply, `${ADMIN}/${id}`, correct('alfa', 'hadir'))
    await server.ask(staffAbsensiReply, `${ADMIN}/${id}`, correct('terlambat', 'alfa'))
  })

  it('whoever was absent by the close and is put right came when that was written', async () => {
    const id = await putAttendance(server, ani.id, { status: 'alfa', method: 'close', timestamp: 5 })
    const body = { status: 'hadir', reason: 'saya lihat sendiri' }
    await server.ask(staffAbsensiReply, `${ADMIN}/${id}`, { method: 'PUT', body, token: guru.token })
    const when = async (user: string) =>
      (await server.deps.db.read('SELECT timestamp FROM absensi WHERE user_id = ?', [user]))[0]?.timestamp
    expect(await when(ani.id)).toBe(server.clock.now)
    await putAttendance(server, budi.id, { status: 'alfa', method: 'close', timestamp: 5 })
    const marks = [{ user_id: budi.id, status: 'terlambat' }]
    const mark = { session_id: 'harian', date: '2026-11-02', marks, reason: 'saya lihat sendiri' }
    await server.call(`${ADMIN}/mark`, { body: mark, token: guru.token })
    expect(await when(budi.id)).toBe(server.clock.now)
    // Of who came herself the time stays.
    server.clock.now += 60_000
    const late = { ...mark, marks: [{ user_id: budi.id, status: 'hadir' }] }
    await server.call(`${ADMIN}/mark`, { body: late, token: guru.token })
    expect(await when(budi.id)).toBe(server.clock.now - 60_000)
  })

  it('one of two who decide differently on the same check-in wins, and the other is told', async () => {
    const id = await putAttendance(server, ani.id, { grade: 'review' })
    const admin = await makeAdmin(server)
    const decide = (decision: string, token: string) =>
      server.call(`${ADMIN}/${id}/review`, { body: { decision, reason: 'sudah dilihat' }, token })
    const replies = await Promise.all([decide('accept', guru.token), decide('reject', admin.token)])
    const [won, told] = replies.map(({ status }) => status).sort()
    expect(won).toBe(200)
    // A conflict, or, where it was removed before the other had looked, nothing to decide on.
    expect([404, 409]).toContain(told)
    expect((await historyOf(id)).corrections).toHaveLength(1)
  })

  it('no check-in is removed from a session that was closed meanwhile', async () => {
    const id = await putAttendance(server, ani.id, { grade: 'review' })
    await server.deps.db.write([{ sql: "INSERT INTO session_closings VALUES ('harian', '2026-11-02', 0, 0)" }])
    const call = { body: { decision: 'reject', reason: 'bukan dia' }, token: guru.token }
    expect((await server.refused(`${ADMIN}/${id}/review`, call)).code).toBe('conflict')
    expect(await readRows(server, ani.id)).toHaveLength(1)
    server.clock.now = Date.parse('2026-11-03T00:00:00+07:00')
    expect((await server.ask(reviewReply, `${ADMIN}/${id}/review`, call)).outcome).toBe('alfa')
  })
})

describe('the list', () => {
  it('is filtered by everything, newest first, within the reader’s classes', async () => {
    const a = await putAttendance(server, ani.id, { status: 'terlambat', timestamp: 2 })
    const b = await putAttendance(server, budi.id, { grade: 'review', timestamp: 1 })
    const c = await putAttendance(server, ani.id, { date: '2026-10-30', method: 'kiosk' })
    const old = await putAttendance(server, ani.id, { date: '2026-09-01', session: 'lama' })
    const d = await putAttendance(server, far.id, { status: 'alfa', method: 'close' })
    await server.deps.db.write([{ sql: "UPDATE absensi SET device_id = 'hp' WHERE id = ?", args: [a] }])
    const admin = await makeAdmin(server)
    const list = async (query: string, token = guru.token) =>
      (await server.ask(staffAbsensiListReply, `${ADMIN}/all${query}`, { token })).data.map(({ id }) => id)
    expect(await list('')).toEqual([a, b, c])
    expect(new Set(await list('', admin.token))).toEqual(new Set([a, b, c, d]))
    expect(await list('?kelas=X-2')).toEqual([])
    expect(await list('?kelas=X-2', admin.token)).toEqual([d])
    expect(await list(`?user_id=${ani.id}`)).toEqual([a, c, old])
    expect(await list(`?user_id=${far.id}`)).toEqual([])
    expect(await list('?status=terlambat')).toEqual([a])
    expect(await list('?grade=review')).toEqual([b])
    expect(await list('?method=kiosk')).toEqual([c])
    expect(await list('?device_id=hp')).toEqual([a])
    expect(await list('?session_id=lama&until=2026-12-31')).toEqual([old])
    expect(await list('?from=2026-10-01&until=2026-11-01')).toEqual([c])
    const page = await server.ask(staffAbsensiListReply, `${ADMIN}/all?limit=1&offset=1`, { token: guru.token })
    expect(page).toMatchObject({
      total: 3,
      limit: 1,
      offset: 1,
      data: [{ id: b, session_name: 'Harian', kelas: 'X-1' }],
    })
    for (const query of ['?status=x', '?from=1', '?limit=501', '?user_id=1'])
      expect((await server.refused(`${ADMIN}/all${query}`, { token: guru.token })).code).toBe('bad_request')
    const { access_token: token } = await server.signedIn()
    expect((await server.refused(`${ADMIN}/all`, { token })).code).toBe('forbidden')
    expect((await server.refused(`${ADMIN}/review`, { token })).code).toBe('forbidden')
  })
})
