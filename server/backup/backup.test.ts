import {
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { basename, join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { z } from 'zod'
import { absensiSchema } from '../../shared/contract/absensi.ts'
import { backupsReply } from '../../shared/contract/backups.ts'
import { faceStatusReply } from '../../shared/contract/face.ts'
import { jobReply } from '../../shared/contract/jobs.ts'
import { readHeadFile } from '../audit/head.ts'
import { verifyAudit } from '../audit/verify.ts'
import { openDb } from '../db/open.ts'
import { openKeyStore } from '../gallery/keys/store.ts'
import { createVault } from '../gallery/vault.ts'
import { openKeyRing } from '../http/keys.ts'
import { putMail } from '../mail/store.ts'
import { letGoOfFiles } from '../test/let-go.ts'
import { makeFolder, openTestServer, PASSWORD, type TestServer } from '../test/test-server.ts'
import { checkIn, enrol, makeStudent } from '../test/test-student.ts'
import { hashFile, listBackups, manifestPath, readManifest, signManifest } from './files.ts'
import { makeBackup } from './make.ts'
import { RestoreProblem, restoreBackup } from './restore.ts'

let folder: string
let server: TestServer
let open: boolean
beforeEach(async () => {
  folder = makeFolder()
  server = await openTestServer({}, folder)
  open = true
})
afterEach(async () => {
  await server.close()
  rmSync(folder, { recursive: true, force: true })
})

const PATH = '/api/v1/admin/backups'
const data = () => join(folder, 'data')
const database = () => join(data(), 'absensi.db')

async function backup(): Promise<string> {
  server.clock.now += 60_000
  await server.runner.start('backup', server.clock.now)
  await server.runner.idle()
  const state = (await server.runner.list()).find(({ job }) => job.name === 'backup')?.state
  expect([state?.lastResult, state?.lastError]).toEqual(['ok', null])
  server.clock.now += 60_000
  return listBackups(data())[0]?.path ?? ''
}

async function stop(): Promise<void> {
  if (open) await server.stop()
  open = false
  await letGoOfFiles()
}

/** Stops the server, restores, starts it again on the same clock. */
async function restore(file: string) {
  const { now } = server.clock
  await stop()
  const restored = await restoreBackup(server.deps.config, file, () => now)
  server = await openTestServer({}, folder)
  open = true
  server.clock.now = now
  return restored
}

const blob = z.instanceof(ArrayBuffer).transform((buffer) => new Uint8Array(buffer))
const shotRow = z.object({ id: z.string(), user_id: z.string(), form: z.string(), sealed: blob })

/** How many shots of a user open in a main file, with a file of keys and the server's master keys. */
async function countOpening(file: string, keysFile: string, userId: string): Promise<number> {
  const copies = makeFolder()
  copyFileSync(keysFile, join(copies, 'keys.db'))
  copyFileSync(file, join(copies, 'main.db'))
  const keys = await openKeyStore(join(copies, 'keys.db'))
  const vault = createVault(openKeyRing(join(folder, 'keys')), keys, () => 0)
  const db = await openDb(`file:${join(copies, 'main.db')}`)
  const rows = await db.read(
    'SELECT id, user_id, model AS form, encoding_data AS sealed FROM face_encodings WHERE user_id = ?',
    [userId],
  )
  let opened = 0
  for (const { id, form, sealed } of rows.map((row) => shotRow.parse(row)))
    if ((await vault.open({ kind: 'encoding', userId, id, form }, sealed)) !== null) opened++
  await db.close()
  keys.close()
  rmSync(copies, { recursive: true })
  return opened
}

it('makes a checked, signed copy beside the running server, for admins to see', async () => {
  const { access_token: token } = await server.signedIn({ role: 'admin' })
  const job = (await server.ask(jobReply, PATH, { method: 'POST', token })).job
  expect(job.name).toBe('backup')
  await Promise.all([server.runner.idle(), ...Array.from({ length: 10 }, () => server.addUser())])
  const { backups } = await server.ask(backupsReply, PATH, { token })
  const [made] = backups
  expect(made).toMatchObject({ created_at: '2026-11-02T00:00:00.000Z', file: 'absensi-2026-11-02T00-00-00-000Z.db' })
  const path = join(data(), 'backups', made?.file ?? '')
  expect(made).toMatchObject({ sha256: await hashFile(path), bytes: statSync(path).size })
  for (const file of readdirSync(join(data(), 'backups')))
    expect([file, statSync(join(data(), 'backups', file)).mode & 0o777]).toEqual([file, 0o600])
  expect(statSync(join(data(), 'backups')).mode & 0o777).toBe(0o700)
  const head = readHeadFile(manifestPath(path), server.deps.keyRing)
  expect(head?.count).toBe(made?.audit_lines)
  expect(await verifyAudit(server.deps, head === null ? [] : [head])).toMatchObject({ brokenAt: null })
  expect(readFileSync(manifestPath(path), 'utf8')).not.toContain(folder)

  const guru = await server.signedIn({ role: 'guru' })
  for (const method of ['GET', 'POST'])
    expect((await server.refused(PATH, { method, token: guru.access_token })).code).toBe('forbidden')
})

it('keeps one copy of a day, where each run fails after it', async () => {
  const run = async () => {
    server.clock.now += 60_000
    const copyKeys = () => Promise.reject(new Error('read-only'))
    await expect(makeBackup(server.deps, { copyKeys }, server.clock.now)).rejects.toThrow('read-only')
    return listBackups(data()).map(({ path }) => path)
  }
  const first = await run()
  expect(first).toHaveLength(1)
  expect(await run()).toEqual(first)
  server.clock.now += 86_400_000
  expect(await run()).toHaveLength(2)
})

it('does not hide a log that was cut off behind a newer head', async () => {
  for (let i = 0; i < 3; i++) await server.addUser()
  await backup()
  await server.deps.db.write([{ sql: 'DELETE FROM audit_logs WHERE seq >= 3' }])
  for (let i = 0; i < 5; i++) await server.addUser()
  await backup()
  const state = (await server.runner.list()).find(({ job }) => job.name === 'backup')?.state
  expect(state?.lastDetail).toMatchObject({ audit: 'broken_at_3' })
  expect((await verifyAudit(server.deps)).brokenAt).toBe(3)
  expect(server.lines.join()).toContain('audit_broken')
})

it('copies the keys also where the database lies on a server of its own', async () => {
  const ani = await makeStudent(server)
  await enrol(server, ani)
  const keys = await openKeyStore(join(data(), 'keys.db'), join(data(), 'backups', 'keys.db'))
  const deps = { ...server.deps, config: { ...server.deps.config, databaseUrl: 'libsql://absensi' } }
  const outcome = await makeBackup(deps, { copyKeys: keys.copy }, server.clock.now)
  keys.close()
  await stop()
  expect(outcome).toEqual({ result: 'skipped', detail: { reason: 'remote_database' } })
  expect(listBackups(data())).toEqual([])
  expect(await countOpening(database(), join(data(), 'backups', 'keys.db'), ani.id)).toBe(3)
})

it('keeps backups as long as the settings say, the newest always, and one copy of the keys', async () => {
  for (let i = 0; i < 3; i++) {
    await backup()
    server.clock.now += 6 * 86_400_000
  }
  expect(listBackups(data())).toHaveLength(3)
  writeFileSync(join(data(), 'backups', 'absensi-x.db.part'), 'cut off')
  await backup()
  const files = readdirSync(join(data(), 'backups'))
  expect(listBackups(data())).toHaveLength(3)
  expect(
    files
      .filter((name) => name.endsWith('.db'))
      .sort()
      .at(-1),
  ).toBe('keys.db')
  expect(files).toHaveLength(7)
  server.clock.now += 100 * 86_400_000
  await server.runner.start('clean-up', server.clock.now)
  await server.runner.idle()
  expect(listBackups(data())).toHaveLength(1)
})

it('brings the data back, keeps what was there, and ends every session', async () => {
  const ani = await makeStudent(server)
  await enrol(server, ani)
  await checkIn(server, ani)
  const file = await backup()
  const body = { nim: ani.nim, password: PASSWORD }
  const { refresh_token } = await server.signedIn()
  const later = await server.addUser()
  await server.deps.db.write([{ sql: 'DELETE FROM absensi' }])
  const { kept, erasures } = await restore(file)
  expect(erasures).toBe(0)
  expect(kept).not.toBeNull()
  expect(existsSync(kept ?? '')).toBe(true)
  expect(await server.deps.db.read('SELECT status FROM absensi')).toHaveLength(1)
  expect(await server.deps.db.read('SELECT 1 FROM users WHERE id = ?', [later.id])).toEqual([])
  expect((await server.refused('/api/v1/auth/me', { token: ani.token })).code).toBe('unauthenticated')
  expect((await server.refused('/api/v1/auth/refresh', { body: { refresh_token } })).code).toBe('unauthenticated')
  const signedIn = await (await server.call('/api/v1/auth/login', { body })).json()
  const status = await server.ask(faceStatusReply, '/api/v1/face/status', { token: String(signedIn.access_token) })
  expect(status.encodings).toBe(3)
  const today = await (await server.call('/api/v1/absensi/today', { token: String(signedIn.access_token) })).json()
  expect(absensiSchema.parse(today.absensi).status).toBe('hadir')
  expect(await verifyAudit(server.deps)).toMatchObject({ brokenAt: null })
  const [line] = await server.deps.db.read("SELECT entity_id FROM audit_logs WHERE action = 'restore_backup'")
  expect(file).toContain(String(line?.entity_id))
})

it('never brings an erased face back: not with the master keys and every backup of everything', async () => {
  const [ani, budi] = [await makeStudent(server), await makeStudent(server)]
  await enrol(server, ani)
  await enrol(server, budi)
  const file = await backup()
  const copied = join(data(), 'backups', 'keys.db')
  expect(await countOpening(file, copied, ani.id)).toBe(3)
  await server.call('/api/v1/consents', { method: 'DELETE', token: ani.token })
  for (const keysFile of [copied, join(data(), 'keys.db')]) {
    expect(await countOpening(file, keysFile, ani.id)).toBe(0)
    expect(await countOpening(file, keysFile, budi.id)).toBe(3)
  }
  expect((await restore(file)).erasures).toBe(1)
  const shots = await server.deps.db.read('SELECT DISTINCT user_id FROM face_encodings')
  expect(shots).toEqual([{ user_id: budi.id }])
  const consents = await server.deps.db.read('SELECT user_id FROM consents WHERE withdrawn_at IS NULL')
  expect(consents).toEqual([{ user_id: budi.id }])
  expect(await server.deps.db.read('SELECT has_face FROM users WHERE id = ?', [ani.id])).toEqual([{ has_face: 0 }])
})

it('holds an erased account to its erasure, and sends no mail again', async () => {
  const ani = await makeStudent(server)
  const { id, db } = { id: ani.id, db: server.deps.db }
  const mail = { id: 'm', once: 'm', userId: id, recipient: 'a@b.test', kind: 'alfa', data: {} }
  const other = await server.addUser()
  await db.write([putMail({ ...mail, id: 'n', once: 'n', userId: other.id }, server.clock.now)])
  const file = await backup()
  const keys = await openKeyStore(join(data(), 'keys.db'), join(data(), 'backups', 'keys.db'))
  await keys.destroy(id, 'account', server.clock.now)
  keys.close()
  await restore(file)
  expect(await server.deps.db.read('SELECT 1 FROM users WHERE id = ?', [id])).toEqual([])
  const lines = await server.deps.db.read('SELECT DISTINCT ip_address FROM audit_logs WHERE user_id = ?', [id])
  expect(lines).toEqual([{ ip_address: null }])
  expect(await server.deps.db.read('SELECT id, state, data FROM mails')).toEqual([
    { id: 'n', state: 'dropped', data: 'null' },
  ])
})

it('comes back from the loss of the database and its keys', async () => {
  const ani = await makeStudent(server)
  await enrol(server, ani)
  const file = await backup()
  await stop()
  for (const name of ['absensi.db', 'keys.db']) rmSync(join(data(), name))
  expect((await restore(file)).kept).toBeNull()
  expect(await countOpening(database(), join(data(), 'keys.db'), ani.id)).toBe(3)
})

it('comes back from the loss of the keys alone, and of everything after a start without it', async () => {
  const ani = await makeStudent(server)
  await enrol(server, ani)
  const file = await backup()
  const start = async () => {
    server = await openTestServer({}, folder)
    open = true
  }
  const copied = join(data(), 'backups', 'keys.db')
  await stop()
  rmSync(join(data(), 'keys.db'))
  await start()
  for (const keysFile of [copied, join(data(), 'keys.db')])
    expect(await countOpening(database(), keysFile, ani.id)).toBe(3)
  expect(server.lines.join()).not.toContain('data_keys_missing')

  await stop()
  for (const name of ['absensi.db', 'keys.db', 'backups']) renameSync(join(data(), name), join(folder, name))
  await start()
  await stop()
  rmSync(join(data(), 'backups'), { recursive: true, force: true })
  renameSync(join(folder, 'backups'), join(data(), 'backups'))
  await start()
  await restore(file)
  expect(await countOpening(database(), join(data(), 'keys.db'), ani.id)).toBe(3)
})

it('takes keys and erasures from beside the file, on a machine that has neither', async () => {
  const [ani, budi] = [await makeStudent(server), await makeStudent(server)]
  for (const student of [ani, budi]) await enrol(server, student)
  const file = await backup()
  await server.call('/api/v1/consents', { method: 'DELETE', token: ani.token })
  const { now } = server.clock
  await stop()
  const stick = join(folder, 'stick')
  renameSync(join(data(), 'backups'), stick)
  rmSync(data(), { recursive: true })
  const carried = join(stick, basename(file))
  const keysOfStick = readFileSync(join(stick, 'keys.db'))
  const away = join(folder, 'away.db')
  renameSync(join(stick, 'keys.db'), away)
  const restoring = (withoutKeys = false) => restoreBackup(server.deps.config, carried, () => now, withoutKeys)
  await expect(restoring()).rejects.toThrow(/No key of the 2 enrolled faces.*--without-keys/)
  expect(existsSync(database())).toBe(false)
  writeFileSync(join(stick, 'keys.db'), 'no database')
  await expect(restoring()).rejects.toThrow(/No key of the 2/)
  expect(await restoring(true)).toMatchObject({
    erasures: 0,
    faces: { all: 2, withoutKey: 2 },
    unreadable: [join(stick, 'keys.db')],
  })
  renameSync(away, join(stick, 'keys.db'))
  expect(await restore(carried)).toMatchObject({ erasures: 1, faces: { all: 1, withoutKey: 0 }, unreadable: [] })
  expect(await countOpening(database(), join(data(), 'keys.db'), budi.id)).toBe(3)
  expect(readFileSync(join(stick, 'keys.db'))).toEqual(keysOfStick)
})

it('puts away the log of a database whose file is gone: none of it gets into what is restored', async () => {
  const file = await backup()
  await stop()
  rmSync(database())
  const ends = ['-wal', '-shm', '-journal']
  for (const end of ends) writeFileSync(`${database()}${end}`, 'old pages')
  const { now } = server.clock
  const { kept } = await restoreBackup(server.deps.config, file, () => now)
  for (const end of ends)
    expect([end, existsSync(`${database()}${end}`), readFileSync(`${kept}${end}`, 'utf8')]).toEqual([
      end,
      false,
      'old pages',
    ])
})

it('says that keys are lost', async () => {
  const ani = await makeStudent(server)
  await enrol(server, ani)
  await stop()
  rmSync(join(data(), 'keys.db'))
  server = await openTestServer({}, folder)
  open = true
  expect(server.lines.join()).toContain('"data_keys_missing","people":1,"of":1')
})

it('refuses a damaged, foreign or newer backup and a database in use, and changes nothing', async () => {
  const { id } = await server.addUser()
  const file = await backup()
  const refused = (path: string) => restoreBackup(server.deps.config, path, () => server.clock.now)
  await expect(refused(file)).rejects.toThrow(/in use. Stop the server/)
  const before = await server.deps.db.read('SELECT hash FROM audit_logs ORDER BY seq')
  await stop()
  const contents = async () => {
    const db = await openDb(`file:${database()}`)
    const rows = await db.read('SELECT hash FROM audit_logs ORDER BY seq')
    await db.close()
    return rows
  }
  const whole = readFileSync(file)
  const manifest = readFileSync(manifestPath(file), 'utf8')

  await expect(refused(join(data(), 'none.db'))).rejects.toThrow(RestoreProblem)
  const flipped = Buffer.from(whole)
  flipped[8000] = (flipped[8000] ?? 0) ^ 1
  writeFileSync(file, flipped)
  await expect(refused(file)).rejects.toThrow(/damaged/)
  const parsed = readManifest(manifestPath(file))
  if (parsed === null) throw new Error('no manifest')
  writeFileSync(manifestPath(file), JSON.stringify({ ...parsed, sha256: await hashFile(file) }))
  await expect(refused(file)).rejects.toThrow(/not signed/)
  writeFileSync(manifestPath(file), 'x')
  await expect(refused(file)).rejects.toThrow(/no manifest/)

  const keyRing = openKeyRing(join(folder, 'keys'))
  /** Signed by the right keys: what else is wrong with the file is found. */
  const sign = async () =>
    writeFileSync(
      manifestPath(file),
      JSON.stringify(signManifest({ ...parsed, sha256: await hashFile(file) }, keyRing)),
    )
  for (const end of ['', '-wal', '-shm']) rmSync(`${file}${end}`, { force: true })
  writeFileSync(file, whole.subarray(0, 20_000))
  await sign()
  await expect(refused(file)).rejects.toThrow(/damaged/)
  writeFileSync(file, whole)
  const newer = await openDb(`file:${file}`)
  await newer.write([{ sql: "INSERT INTO migrations VALUES (9999, '9999-later', 'x', 0)" }])
  await newer.close()
  await sign()
  await expect(refused(file)).rejects.toThrow(/this program does not: update it/)

  expect(await contents()).toEqual(before)
  expect(readdirSync(data()).filter((name) => /restoring|before/.test(name))).toEqual([])
  writeFileSync(file, whole)
  writeFileSync(manifestPath(file), manifest)
  await stop()
  await restore(file)
  expect(await server.deps.db.read('SELECT 1 AS found FROM users WHERE id = ?', [id])).toEqual([{ found: 1 }])
})
