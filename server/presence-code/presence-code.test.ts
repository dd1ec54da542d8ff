import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { TokensReply } from '../../shared/contract/auth.ts'
import { codeReply, redeemCodeReply } from '../../shared/contract/presence-code.ts'
import { putAttendance, readRows } from '../test/test-attendance.ts'
import { MONDAY_SEVEN, openTestServer, type TestServer } from '../test/test-server.ts'
import { makeAdmin, makeGuru, type Staff } from '../test/test-staff.ts'

const DRAW = '/api/v1/absensi/code'
const REDEEM = '/api/v1/absensi/code/redeem'

let server: TestServer
let guru: Staff
let other: Staff
let siti: TokensReply
beforeAll(async () => {
  server = await openTestServer()
  guru = await makeGuru(server, 'X-1')
  other = await makeGuru(server, 'X-2')
})
afterAll(() => server?.close())
beforeEach(async () => {
  // A window of wrong tries, and of drawn codes, later on the same morning of another week.
  server.clock.now += 7 * 86_400_000
  server.clock.now -= (server.clock.now - MONDAY_SEVEN) % 86_400_000
  siti = await server.signedIn({ name: 'Siti', kelas: 'X-1' })
  guru = { ...guru, token: (await fresh(guru)) ?? guru.token }
  other = { ...other, token: (await fresh(other)) ?? other.token }
})

/** A token an hour's test clock has not run out of. */
async function fresh({ id }: Staff): Promise<string | undefined> {
  const [row] = await server.deps.db.read('SELECT nim FROM users WHERE id = ?', [id])
  const body = { nim: String(row?.nim), password: 'kelapa-muda-7' }
  const reply = await server.call('/api/v1/auth/login', { body })
  return ((await reply.json()) as { access_token?: string }).access_token
}

const draw = async (token = siti.access_token) => (await server.ask(codeReply, DRAW, { method: 'POST', token })).code
const redeem = (code: string, confirm?: string, token = guru.token) =>
  server.ask(redeemCodeReply, REDEEM, { body: { code, ...(confirm === undefined ? {} : { confirm }) }, token })
const refusal = async (code: string, confirm?: string, token = guru.token) =>
  (await server.refused(REDEEM, { body: { code, ...(confirm === undefined ? {} : { confirm }) }, token })).code

describe('a code', () => {
  it('is looked up, confirmed and recorded once, as of the moment it was drawn', async () => {
    const code = await draw()
    server.clock.now += 30_000
    const seen = await redeem(code)
    expect(seen).toMatchObject({ result: 'confirm', person: { id: siti.user.id, name: 'Siti' }, absensi: null })
    expect(await readRows(server, siti.user.id)).toEqual([])
    server.clock.now += 90_000
    const done = await redeem(code, siti.user.id)
    expect(done).toMatchObject({ result: 'recorded', absensi: { status: 'hadir' } })
    expect(done.absensi?.time).toContain('T07:00:00')
    // The reply was lost: the same confirmation says the same.
    expect(await redeem(code, siti.user.id)).toEqual(done)
    expect(await readRows(server, siti.user.id)).toMatchObject([{ status: 'hadir', method: 'code' }])
    const [line] = await server.deps.db.read("SELECT user_id FROM audit_logs WHERE action = 'confirm_code'")
    expect(line?.user_id).toBe(guru.id)
  })

  it('records nobody before it was looked up, and nobody but the person it is of', async () => {
    const code = await draw()
    expect(await refusal(code, siti.user.id)).toBe('wrong_code')
    await redeem(code)
    expect(await refusal(code, guru.id)).toBe('wrong_code')
    expect(await readRows(server, siti.user.id)).toEqual([])
  })

  it('runs out after 60 seconds, and two minutes after it was looked up', async () => {
    const late = await draw()
    server.clock.now += 60_000
    expect(await refusal(late)).toBe('wrong_code')
    const held = await draw()
    await redeem(held)
    server.clock.now += 120_000
    expect(await refusal(held, siti.user.id)).toBe('wrong_code')
  })

  it('gives way to the next one', async () => {
    const first = await draw()
    const second = await draw()
    if (first !== second) expect(await refusal(first)).toBe('wrong_code')
    expect((await redeem(second)).person.id).toBe(siti.user.id)
  })

  it('says nothing to a teacher of other classes, and is held by the one who asked first', async () => {
    const code = await draw()
    expect(await refusal(code, undefined, other.token)).toBe('wrong_code')
    await redeem(code)
    const admin = await makeAdmin(server)
    expect(await refusal(code, undefined, admin.token)).toBe('conflict')
    expect(await refusal(code, siti.user.id, admin.token)).toBe('wrong_code')
    expect((await redeem(code, siti.user.id)).result).toBe('recorded')
  })

  it('of somebody recorded already changes nothing', async () => {
    const date = new Date(server.clock.now).toISOString().slice(0, 10)
    const id = await putAttendance(server, siti.user.id, { date, time: '06:50' })
    const code = await draw()
    await redeem(code)
    expect(await redeem(code, siti.user.id)).toMatchObject({ result: 'already', absensi: { id } })
    expect(await readRows(server, siti.user.id)).toMatchObject([{ method: 'face' }])
  })

  it('of somebody whom staff have marked absent is refused, and says so', async () => {
    const date = new Date(server.clock.now).toISOString().slice(0, 10)
    const code = await draw()
    await putAttendance(server, siti.user.id, { date, status: 'alfa', method: 'manual' })
    await redeem(code)
    expect(await refusal(code, siti.user.id)).toBe('conflict')
    expect(await readRows(server, siti.user.id)).toMatchObject([{ status: 'alfa' }])
  })

  it('confirmed twice at once is recorded once', async () => {
    const code = await draw()
    await redeem(code)
    const call = () => server.call(REDEEM, { body: { code, confirm: siti.user.id }, token: guru.token })
    const statuses = (await Promise.all([call(), call()])).map(({ status }) => status)
    expect(statuses).toContain(200)
    expect(await readRows(server, siti.user.id)).toHaveLength(1)
  })
})

describe('the door', () => {
  it('is closed to students, to guessing, and while no session is open', async () => {
    const code = await draw()
    expect(await refusal(code, undefined, siti.access_token)).toBe('forbidden')
    const wrong = code === '000000' ? '000001' : '000000'
    for (let tries = 0; tries < 20; tries += 1) expect(await refusal(wrong)).toBe('wrong_code')
    expect(await refusal(code)).toBe('slow_down')
    const date = new Date(server.clock.now).toISOString().slice(0, 10)
    const holiday = { name: 'Hari Guru', from_date: date, until_date: date, kelas: ['X-1'] }
    const { token } = await makeAdmin(server)
    expect((await server.call('/api/v1/timetable/holidays', { body: holiday, token })).status).toBe(201)
    const refused = await server.refused(DRAW, { method: 'POST', token: siti.access_token })
    expect(refused).toMatchObject({ code: 'closed', detail: expect.stringContaining('Hari Guru') })
  })

  it('never lets anybody confirm herself, and keeps no code in plain', async () => {
    const admin = await server.signedIn({ role: 'admin', kelas: null })
    const code = await draw(admin.access_token)
    expect(await refusal(code, undefined, admin.access_token)).toBe('forbidden')
    const rows = await server.deps.db.read('SELECT * FROM presence_codes')
    expect(JSON.stringify(rows)).not.toContain(`"${code}"`)
    // Six digits are found in a request's random id now and then.
    const said = server.lines.join('').replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '')
    expect(said).not.toContain(code)
  })
})
