import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { okReply } from '../../shared/contract/auth.ts'
import { schoolSettingsSchema } from '../../shared/contract/settings.ts'
import { readSignedHead } from '../audit/head.ts'
import { readConfig } from '../config.ts'
import { putSchoolSettings } from '../settings/store.ts'
import { openTestServer, PASSWORD, type TestServer } from '../test/test-server.ts'
import { insertConfirmation } from './confirmations/store.ts'
import { mailReport } from './report.ts'
import { putMail } from './store.ts'

interface Received {
  readonly to: string[]
  readonly from: string
  readonly subject: string
  readonly text: string
  readonly raw: string
}

let smtp: SMTPServer
let server: TestServer
let received: Received[]
/** What the mail server answers, if not yes, and to what. */
let refuseWith: number | null
let refuseAt: 'sender' | 'recipient' | 'content'
let refuseWords: string

beforeEach(async () => {
  received = []
  refuseWith = null
  refuseAt = 'recipient'
  refuseWords = 'not now'
  const answerTo = (step: typeof refuseAt) =>
    refuseWith === null || refuseAt !== step
      ? null
      : Object.assign(new Error(refuseWords), { responseCode: refuseWith })
  smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onMailFrom: (_, __, callback) => callback(answerTo('sender')),
    onRcptTo: (_, __, callback) => callback(answerTo('recipient')),
    onData: (stream, session, callback) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const refusal = answerTo('content')
        if (refusal !== null) return callback(refusal)
        const raw = Buffer.concat(chunks).toString('utf8')
        const [head = '', ...body] = raw.split('\r\n\r\n')
        const mailFrom = session.envelope.mailFrom
        received.push({
          to: session.envelope.rcptTo.map(({ address }) => address),
          from: mailFrom === false ? '' : mailFrom.address,
          subject: /^Subject: (.*)$/im.exec(head)?.[1] ?? '',
          text: body
            .join('\n\n')
            .replace(/=\r\n/g, '')
            .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
          raw,
        })
        callback()
      })
    },
  })
  await new Promise<void>((resolve) => smtp.listen(0, '127.0.0.1', resolve))
  server = await openTestServer(mailEnv())
})
afterEach(async () => {
  await server.close()
  await new Promise<void>((resolve) => smtp.close(() => resolve()))
})

const mailEnv = () => ({
  SMTP_HOST: '127.0.0.1',
  SMTP_PORT: String((smtp.server.address() as AddressInfo).port),
  EMAIL_FROM: 'absensi@sekolah.test',
  PUBLIC_URL: 'https://absensi.sekolah.test',
})

async function run(...names: string[]) {
  for (const name of names) {
    await server.runner.start(name, server.clock.now)
    await server.runner.idle()
  }
  return (await server.runner.list()).find(({ job }) => job.name === names.at(-1))?.state
}
const set = (settings: object) =>
  server.deps.db.write([putSchoolSettings(schoolSettingsSchema.parse(settings), server.clock.now)])
const setEmail = (id: string, email: string, column = 'email') =>
  server.deps.db.write([{ sql: `UPDATE users SET ${column} = ? WHERE id = ?`, args: [email, id] }])
const mails = () => server.deps.db.read('SELECT state, tries, error, data FROM mails ORDER BY created_at, id')
const recordAlfa = (userId: string, date = '2026-11-02') =>
  server.deps.db.write([
    {
      sql: `INSERT INTO absensi (id, user_id, session_id, date, timestamp, status, grade, late_minutes, confidence, method,
        created_at) VALUES (?, ?, 'harian', ?, ?, 'alfa', 'verified', 0, 0, 'close', ?)`,
      args: [`a-${userId}-${date}`, userId, date, server.clock.now, server.clock.now],
    },
  ])

it('sends the day’s numbers to every admin with an address, once, with the signed head of the audit log', async () => {
  await set({ school_name: 'SMA Tiga' })
  const { user } = await server.signedIn({ role: 'admin' })
  await setEmail(user.id, 'kepala@sekolah.test')
  await server.signedIn({ role: 'admin' })
  const ani = await server.addUser({ name: 'Ani Rahasia' })
  await recordAlfa(ani.id)
  await server.addUser()
  await run('daily-report', 'send-mail')
  await run('daily-report', 'send-mail')
  expect(received).toHaveLength(1)
  const [mail] = received
  expect(mail).toMatchObject({
    to: ['kepala@sekolah.test'],
    from: 'absensi@sekolah.test',
    subject: 'Laporan absensi 2026-11-02 - SMA Tiga',
  })
  expect(mail?.text).toMatch(
    /Siswa aktif: 2\s+Harian, 2 siswa\s+Hadir: 0[\s\S]*Alfa: 1\s+Belum tercatat: 1\s[\s\S]*Catatan audit: utuh/,
  )
  const head = /\{"v":1.*\}/.exec(mail?.text ?? '')?.[0] ?? '{}'
  expect(readSignedHead(JSON.parse(head), server.deps.keyRing)).toMatchObject({ v: 1 })
  expect(mail?.raw).not.toMatch(/Ani Rahasia|hash":"\$2|password/i)
  expect(await mails()).toEqual([{ state: 'sent', tries: 1, error: null, data: 'null' }])
  server.clock.now += 86_400_000
  await run('daily-report', 'send-mail')
  expect(received).toHaveLength(2)
})

it('reports the day it was to report, and an early one does not stand for the evening’s', async () => {
  const { user } = await server.signedIn({ role: 'admin' })
  await setEmail(user.id, 'kepala@sekolah.test')
  await server.addUser()
  const told = async () =>
    (await server.deps.db.read("SELECT once FROM mails WHERE kind = 'report' ORDER BY rowid")).map(({ once }) =>
      String(once).split(':').slice(1, -1).join(':'),
    )
  const report = async (now: string, due: string | null) => {
    const before = (await told()).length
    server.clock.now = Date.parse(now)
    await mailReport(server.deps, server.clock.now, due === null ? null : Date.parse(due))
    return (await told()).slice(before)
  }
  // Off at five on Monday, back on Tuesday morning; the first try failed, too.
  expect(await report('2026-11-03T06:40:00+07:00', '2026-11-03T06:40:00+07:00')).toEqual(['2026-11-02'])
  expect(await report('2026-11-03T06:50:00+07:00', '2026-11-02T17:00:00+07:00')).toEqual([])
  // Somebody asks in the morning, and again in the evening.
  expect(await report('2026-11-03T08:00:00+07:00', null)).toEqual(['2026-11-03:480'])
  expect(await report('2026-11-03T17:00:00+07:00', '2026-11-03T17:00:00+07:00')).toEqual(['2026-11-03'])
  expect(await report('2026-11-03T17:10:00+07:00', null)).toEqual([])
  // Off over two evenings.
  expect(await report('2026-11-05T17:05:00+07:00', '2026-11-04T17:00:00+07:00')).toEqual(['2026-11-04', '2026-11-05'])
})

it('tells the parents of whoever was alfa once a session and day, unless it was corrected meanwhile', async () => {
  const [ani, budi, cici] = [await server.addUser({ name: 'Ani' }), await server.addUser(), await server.addUser()]
  await setEmail(ani.id, 'ibu@rumah.test', 'parent_email')
  await setEmail(budi.id, 'ayah@rumah.test', 'parent_email')
  for (const { id } of [ani, budi, cici]) await recordAlfa(id)
  expect(await run('notify-parents')).toMatchObject({ lastResult: 'skipped', lastDetail: { reason: 'setting_off' } })
  await set({ notify_parents: true })
  await run('notify-parents')
  await server.deps.db.write([{ sql: "UPDATE absensi SET status = 'izin' WHERE user_id = ?", args: [budi.id] }])
  await run('send-mail')
  await run('notify-parents', 'send-mail')
  expect(received.map(({ to }) => to)).toEqual([['ibu@rumah.test']])
  expect(received[0]?.text).toMatch(/^Yth\. orang tua\/wali,\s+Ani tercatat tidak hadir/)
  expect((await mails()).map(({ state }) => state).sort()).toEqual(['dropped', 'sent'])
  server.clock.now += 3 * 86_400_000
  await recordAlfa(ani.id, '2026-10-20')
  expect((await run('notify-parents'))?.lastDetail).toEqual({ mails: 0 })
})

it('tries again later after a refusal, and gives an unknown recipient up', async () => {
  const { id } = await server.addUser()
  const put = (once: string) =>
    server.deps.db.write([
      putMail(
        {
          id: crypto.randomUUID(),
          once,
          userId: id,
          recipient: 'x@rumah.test',
          kind: 'alfa',
          data: { absensi_id: `a-${id}-2026-11-02` },
        },
        server.clock.now,
      ),
    ])
  await recordAlfa(id)
  await put('one')
  refuseWith = 451
  expect((await run('send-mail'))?.lastDetail).toMatchObject({ sent: 0, again: 1, waiting: 1 })
  expect(await mails()).toMatchObject([{ state: 'waiting', tries: 1, error: 'smtp_451' }])
  refuseWith = null
  await run('send-mail')
  expect(received).toHaveLength(0)
  server.clock.now += 60_000
  await run('send-mail')
  await run('send-mail')
  expect(received).toHaveLength(1)
  refuseWith = 550
  await put('two')
  expect((await run('send-mail'))?.lastDetail).toMatchObject({ failed: 1, waiting: 0 })
  await new Promise<void>((resolve) => smtp.close(() => resolve()))
  await put('three')
  await put('four')
  expect((await run('send-mail'))?.lastDetail).toMatchObject({ again: 1, waiting: 2 })
  expect(server.lines.join()).not.toContain('x@rumah.test')
})

it.each([
  ['sender', 553, 'sender address not owned'],
  ['sender', 550, 'unknown user'],
  ['content', 550, 'over quota'],
  ['recipient', 554, '5.7.1 relay access denied'],
  ['recipient', 553, '5.7.1 sender address rejected: not owned by user'],
  ['recipient', 550, '5.1.8 sender address rejected: domain not found'],
] as const)('loses no mail when the %s is refused with %i %s', async (step, code, words) => {
  const { user } = await server.signedIn({ role: 'admin' })
  await setEmail(user.id, 'kepala@sekolah.test')
  refuseWith = code
  refuseAt = step
  refuseWords = words
  await run('daily-report', 'send-mail')
  expect(await mails()).toMatchObject([{ state: 'waiting', tries: 1, error: `smtp_${code}` }])
  refuseWith = null
  server.clock.now += 60_000
  await run('send-mail')
  expect(received).toHaveLength(1)
})

it('lets no text make a header or another recipient', async () => {
  const { user } = await server.signedIn({ role: 'admin' })
  await set({ school_name: 'SMA\r\nBcc: maling@jahat.test' })
  for (const email of [
    'a@b.test, maling@jahat.test',
    'a@b.test\r\nBcc: m@j.test',
    '<m@j.test>',
    'kepala@sekolah.test',
  ]) {
    await setEmail(user.id, email)
    await run('daily-report', 'send-mail')
    server.clock.now += 86_400_000
  }
  expect(received.map(({ to }) => to)).toEqual([['kepala@sekolah.test']])
  expect(received[0]?.raw.split('\r\n\r\n')[0]).not.toMatch(/^Bcc:/im)
  expect((await mails()).filter(({ error }) => error === 'bad_address')).toHaveLength(3)
})

const CONFIRM = '/api/v1/auth/email/confirm'
const tokenIn = (mail: Received | undefined) => /#email=(\S+)/.exec(mail?.text ?? '')?.[1] ?? ''

it('confirms an address by the link that was sent to it, once', async () => {
  const { user } = await server.signedIn()
  await setEmail(user.id, 'ani@rumah.test')
  await run('confirm-email', 'send-mail', 'confirm-email', 'send-mail')
  expect(received.map(({ to }) => to)).toEqual([['ani@rumah.test']])
  const token = tokenIn(received[0])
  expect(JSON.stringify(await server.deps.db.read('SELECT * FROM email_confirmations'))).not.toContain(
    token.split('.')[2],
  )
  expect((await server.refused(CONFIRM)).code).toBe('not_found')
  const wrong = await server.refused(CONFIRM, {
    body: { token: `${token.slice(0, -2)}${token.endsWith('AA') ? 'EA' : 'AA'}` },
  })
  expect(wrong.code).toBe('wrong_code')
  const two = await Promise.all([1, 2].map(() => server.call(CONFIRM, { body: { token } })))
  expect(two.map(({ status }) => status).sort()).toEqual([200, 401])
  expect(await server.deps.db.read('SELECT confirmed_email FROM users WHERE id = ?', [user.id])).toEqual([
    { confirmed_email: 'ani@rumah.test' },
  ])
  await setEmail(user.id, 'baru@rumah.test')
  await run('confirm-email', 'send-mail')
  expect(received[1]?.to).toEqual(['baru@rumah.test'])
})

it('confirms nothing after two days, or once the address was changed', async () => {
  const { user } = await server.signedIn()
  await setEmail(user.id, 'ani@rumah.test')
  await run('confirm-email', 'send-mail')
  await setEmail(user.id, 'lain@rumah.test')
  const refused = async () => (await server.refused(CONFIRM, { body: { token: tokenIn(received[0]) } })).code
  expect(await refused()).toBe('wrong_code')
  await setEmail(user.id, 'ani@rumah.test')
  server.clock.now += 48 * 3_600_000
  expect(await refused()).toBe('wrong_code')
})

it('asks again for whoever has lost the mail, once an hour', async () => {
  const AGAIN = '/api/v1/auth/email/again'
  const { user, access_token: token } = await server.signedIn()
  expect((await server.refused(AGAIN, { method: 'POST', token })).code).toBe('conflict')
  await setEmail(user.id, 'ani@rumah.test')
  await server.ask(okReply, AGAIN, { method: 'POST', token })
  expect((await server.refused(AGAIN, { method: 'POST', token })).code).toBe('slow_down')
  await run('send-mail')
  await server.ask(okReply, CONFIRM, { body: { token: tokenIn(received[0]) } })
  expect((await server.refused(AGAIN, { method: 'POST', token })).code).toBe('conflict')
  expect((await server.refused(AGAIN, { method: 'POST' })).code).toBe('unauthenticated')
})

it('asks about an address once, however long ago that was, and forgets the question with the address', async () => {
  const { id } = await server.addUser()
  await setEmail(id, 'siti@rumah.test')
  await run('confirm-email')
  server.clock.now += 3_600_000
  await server.deps.db.write([
    insertConfirmation({ id: 'again', userId: id, email: 'siti@rumah.test' }, server.clock.now),
  ])
  const questions = () => server.deps.db.read('SELECT id FROM email_confirmations')
  server.clock.now += 100 * 86_400_000
  await run('clean-up')
  expect(await questions()).toEqual([{ id: 'again' }])
  expect((await run('confirm-email'))?.lastDetail).toEqual({ asked: 0 })
  await setEmail(id, 'siti@kantor.test')
  await run('clean-up')
  expect(await questions()).toEqual([])
  expect((await run('confirm-email'))?.lastDetail).toEqual({ asked: 1 })
})

it('says that nothing is sent without a mail server, and wants the settings whole', async () => {
  const bare = await openTestServer()
  const { access_token: token } = await bare.signedIn()
  expect((await bare.refused('/api/v1/auth/email/again', { method: 'POST', token })).code).toBe('unavailable')
  for (const name of ['daily-report', 'notify-parents', 'confirm-email', 'send-mail']) {
    await bare.runner.start(name, bare.clock.now)
    await bare.runner.idle()
    const state = (await bare.runner.list()).find(({ job }) => job.name === name)?.state
    expect([name, state?.lastResult, state?.lastDetail]).toEqual([name, 'skipped', { reason: 'no_smtp' }])
  }
  await bare.close()
  const env = mailEnv()
  expect(() => readConfig({ ...env, EMAIL_FROM: '' })).toThrow(/^EMAIL_FROM: /)
  expect(() => readConfig({ ...env, EMAIL_FROM: 'a@b.test\r\nBcc: c@d.test' })).toThrow(/^EMAIL_FROM: /)
  expect(() => readConfig({ ...env, SMTP_USER: PASSWORD })).toThrow(/^SMTP_PASSWORD: /)
  expect(() => readConfig({ ...env, PUBLIC_URL: 'https://a.test/x' })).toThrow(/^PUBLIC_URL: /)
  expect(readConfig({ ...env, SMTP_USER: 'u', SMTP_PASSWORD: 'p' }).mail?.login).toEqual({ user: 'u', password: 'p' })
})

it('writes to nobody for an account that still waits for an admin: anybody can make one, with anybody’s address', async () => {
  const { id } = await server.addUser()
  await setEmail(id, 'orang.lain@surel.test')
  const approval = (state: string) =>
    server.deps.db.write([{ sql: 'UPDATE users SET approval = ? WHERE id = ?', args: [state, id] }])
  await approval('pending')
  await run('confirm-email', 'send-mail')
  expect(received).toEqual([])
  await approval('approved')
  await run('confirm-email', 'send-mail')
  expect(received.map(({ to }) => to)).toEqual([['orang.lain@surel.test']])
})
