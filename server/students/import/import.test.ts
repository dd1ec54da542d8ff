import { strToU8, zipSync } from 'fflate'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { tokensReply } from '../../../shared/contract/auth.ts'
import { importReply } from '../../../shared/contract/import.ts'
import { openTestServer, PASSWORD, type TestServer } from '../../test/test-server.ts'
import { makeAdmin, makeGuru } from '../../test/test-staff.ts'
import { enrol, makeStudent } from '../../test/test-student.ts'

let server: TestServer
let admin: { id: string; token: string }

beforeEach(async () => {
  server = await openTestServer()
  admin = await makeAdmin(server)
})

afterEach(() => server.close())

const BULK = '/api/v1/admin/students/bulk'
const call = (file: Uint8Array | string, more: object = {}) => ({
  body: { filename: 'siswa', content: Buffer.from(file).toString('base64'), mode: 'preview', ...more },
  token: admin.token,
})
const preview = (file: Uint8Array | string, more: object = {}) => server.ask(importReply, BULK, call(file, more))
const commit = (file: Uint8Array | string) => preview(file, { mode: 'commit' })
const students = () => server.deps.db.read("SELECT nim, name, kelas, email FROM users WHERE role = 'user' ORDER BY nim")

const LIST = 'NIS;Nama Lengkap;L/P;Kelas\r\n001;Ani;P;X-1\r\n002;"Budi; S.";L;X-2\r\n'

describe('reading', () => {
  it.each([
    ['semicolons', LIST, ';', 'utf-8'],
    ['commas and a mark', `\ufeff${LIST.replace('"Budi; S."', 'Budi').replaceAll(';', ',')}`, ',', 'utf-8'],
    ['tabs', LIST.replace('"Budi; S."', 'Budi').replaceAll(';', '\t'), '\t', 'utf-8'],
    ['bars', LIST.replace('"Budi; S."', 'Budi').replaceAll(';', '|'), '|', 'utf-8'],
    ['the delimiter said', `sep=;\r\n${LIST}`, ';', 'utf-8'],
    ['old Excel', Buffer.from(LIST.replace('Ani', 'Andr\u00e9'), 'latin1'), ';', 'windows-1252'],
    ['Unicode text of Excel', Buffer.from(`\ufeff${LIST}`, 'utf16le'), ';', 'utf-16le'],
  ])('takes %s', async (_, file, delimiter, encoding) => {
    const reply = await preview(file)
    expect(reply).toMatchObject({ format: 'csv', delimiter, encoding, total: 2, new: 2, error_count: 0, codes: [] })
    expect(reply.mapping).toEqual({ nim: 0, name: 1, kelas: 3, email: null, parent_email: null })
    expect(reply.rows[0]?.name).toMatch(/^An(i|dr\u00e9)$/)
    expect(reply.rows.map(({ nim, kelas }) => [nim, kelas])).toEqual([
      ['001', 'X-1'],
      ['002', 'X-2'],
    ])
    expect(await students()).toEqual([])
  })

  it('names each wrong cell by its row, and stores nothing of such a list', async () => {
    const list = 'nim,nama,email\n1,Ani,x\n,Budi,\n\n3,,\n1,Dua kali,\na b,Spasi,\n7,Baik,baik@rumah.test\n'
    const reply = await preview(list)
    expect(reply.errors).toEqual([
      { row: 2, field: 'email', code: 'invalid', value: 'x' },
      { row: 3, field: 'nim', code: 'missing', value: '' },
      { row: 5, field: 'name', code: 'missing', value: '' },
      { row: 6, field: 'nim', code: 'repeated', value: '1' },
      { row: 7, field: 'nim', code: 'invalid', value: 'a b' },
    ])
    expect(reply).toMatchObject({ total: 6, new: 1, error_count: 5 })
    const refused = await server.refused(BULK, call(list, { mode: 'commit' }))
    expect(refused).toMatchObject({ code: 'bad_request' })
    expect(refused.fields?.[0]).toEqual({ path: 'rows.2.email', message: 'invalid' })
    expect(await students()).toEqual([])
  })

  it('tells the start of a long cell, cut between characters', async () => {
    const [first] = (await preview(`nim,nama\n1,${'a'.repeat(58)}${'😀'.repeat(300)}\n`)).errors
    expect(first).toEqual({ row: 2, field: 'name', code: 'invalid', value: `${'a'.repeat(58)}…` })
  })

  it('asks for the columns it cannot guess, and takes them as told', async () => {
    const list = 'A;B;C\n1;Ani;X-1\n'
    expect((await preview(list)).errors).toEqual([
      { row: 0, field: 'nim', code: 'not_mapped', value: '' },
      { row: 0, field: 'name', code: 'not_mapped', value: '' },
    ])
    const told = await preview(list, { mapping: { nim: 0, name: 1, kelas: 2 } })
    expect(told.rows).toEqual([{ row: 2, nim: '1', name: 'Ani', kelas: 'X-1', email: null, parent_email: null }])
  })

  it('keeps what looks like a formula as text', async () => {
    const formula = '=HYPERLINK("http://x.test","Ani")'
    await commit(`nim;nama\n1;"${formula.replaceAll('"', '""')}"\n2;+62 Budi\n`)
    expect((await students()).map(({ name }) => name)).toEqual([formula, '+62 Budi'])
  })

  it.each([
    ['nothing', ''],
    ['a picture', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 0, 0])],
    ['a broken workbook', 'PK\x03\x04 and no more'],
    ['a zip that is none', zipSync({ 'a.txt': strToU8('a') })],
  ])('refuses %s', async (_, file) => {
    expect((await server.refused(BULK, call(file))).code).toBe('bad_request')
  })

  it('refuses more rows than a school has', async () => {
    const rows = Array.from({ length: 20_001 }, (_, i) => `${i};A`).join('\n')
    expect((await server.refused(BULK, call(`nim;nama\n${rows}`))).code).toBe('too_large')
    // Empty rows do not count, and hide none that do.
    expect((await server.refused(BULK, call(`nim;nama\n\n${rows}\n20001;A\n20002;A`))).code).toBe('too_large')
    const spaced = Array.from({ length: 12_000 }, (_, i) => `${i};A`).join('\n\n')
    expect((await preview(`nim;nama\n\n${spaced}`)).new).toBe(12_000)
  })

  it('takes twenty thousand long rows, and no larger file', async () => {
    const row = (i: number) => `${i};${'Nama Panjang '.repeat(8)}${i};X-1;siswa${i}@sekolah.test;wali${i}@rumah.test`
    const rows = Array.from({ length: 20_000 }, (_, i) => row(i))
    const reply = await preview(`nim;nama;kelas;email;email orang tua\n${rows.join('\n')}`)
    expect([reply.new, reply.error_count, reply.mapping.parent_email]).toEqual([20_000, 0, 4])
    expect((await server.refused(BULK, call('nim;nama\n'.padEnd(7_000_000, 'x')))).code).toBe('too_large')
  })

  it('is for admins', async () => {
    const guru = await makeGuru(server, 'X-1')
    expect((await server.refused(BULK, { ...call(LIST), token: guru.token })).code).toBe('forbidden')
  })
})

describe('a workbook', () => {
  const sheetOf = (rows: string) =>
    `<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${rows}</sheetData></worksheet>`
  const text = (address: string, value: string) => `<c r="${address}" t="inlineStr"><is><t>${value}</t></is></c>`
  const workbook = (sheet: string, more: Record<string, Uint8Array> = {}) =>
    zipSync({
      'xl/workbook.xml': strToU8(
        '<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="A" sheetId="1" r:id="rId1"/></sheets></workbook>',
      ),
      'xl/_rels/workbook.xml.rels': strToU8(
        '<Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
      ),
      'xl/worksheets/sheet1.xml': strToU8(sheet),
      ...more,
    })
  const heading = `<row r="1">${text('A1', 'NIM')}${text('B1', 'Nama')}</row>`

  it('is read like a list, numbers and formulas by their value', async () => {
    const row = `<row r="3"><c r="A3"><v>20261234</v></c><c r="B3" t="str"><f>1+1</f><v>Ani</v></c></row>`
    const reply = await preview(workbook(sheetOf(heading + row)))
    expect(reply).toMatchObject({ format: 'xlsx', delimiter: null, encoding: null, total: 1, new: 1 })
    expect(reply.rows).toEqual([{ row: 3, nim: '20261234', name: 'Ani', kelas: null, email: null, parent_email: null }])
  })

  it('is not even parsed when it inflates to too much, or reaches too far', async () => {
    const bomb = workbook(sheetOf(heading), { 'xl/sharedStrings.xml': new Uint8Array(50 * 1024 * 1024) })
    expect(bomb.length).toBeLessThan(100_000)
    expect((await server.refused(BULK, call(bomb))).code).toBe('too_large')
    for (const address of ['XFD1', 'A1048576'])
      expect((await server.refused(BULK, call(workbook(sheetOf(heading + text(address, 'x')))))).code).toBe('too_large')
    const hidden = `${heading}<row r="2"><c t=">" r="XFD2"><v>1</v></c></row>`
    expect((await server.refused(BULK, call(workbook(sheetOf(hidden))))).code).toBe('too_large')
    const quoted = workbook(sheetOf(`${heading}<row r="2">${text('A2', '7')}${text('B2', 'r="Ani"')}</row>`))
    expect((await preview(quoted)).rows).toMatchObject([{ nim: '7', name: 'r="Ani"' }])
    const odd = workbook(sheetOf(`${heading}<row r="2"><c r="&#65;9"><v>1</v></c></row>`))
    expect((await server.refused(BULK, call(odd))).code).toBe('bad_request')
  })

  it('is refused at once when its tags have no end', async () => {
    for (const sheet of [sheetOf(heading).padEnd(3_000_000, '<c '), sheetOf(`${heading}<c t="<" r="XFD1"/>`)])
      expect((await server.refused(BULK, call(workbook(sheet)))).code).toBe('bad_request')
  })
})

describe('a commit', () => {
  it('makes accounts with codes that work; the same list again does nothing', async () => {
    const first = await commit(LIST)
    expect(first).toMatchObject({ new: 2, updated: 0, unchanged: 0 })
    expect(first.codes.map(({ nim, kelas }) => [nim, kelas])).toEqual([
      ['001', 'X-1'],
      ['002', 'X-2'],
    ])
    const again = await commit(LIST)
    expect(again).toMatchObject({ new: 0, updated: 0, unchanged: 2, codes: [] })
    const body = { nim: '001', code: first.codes[0]?.code, password: PASSWORD }
    expect((await server.ask(tokensReply, '/api/v1/auth/activate', { body })).user.name).toBe('Ani')
    const lines = await server.deps.db.read('SELECT * FROM audit_logs')
    const audit = lines.flatMap((line) => Object.values(line)).join('\n')
    // Three bare letters would be found in a hash now and then.
    for (const secret of ['"Ani"', 'Budi; S.', '"001"', first.codes[1]?.code]) expect(audit).not.toContain(secret)
  })

  it('takes from a list what it says, and keeps what it does not', async () => {
    await commit('nim;nama;kelas;email\na1;Ani;X-1;ani@rumah.test\nb1;Budi;X-1;\n')
    const reply = await commit('nim;nama;kelas;email\nA1;Ani Sari;;\nb1;Budi;X-1;\n')
    expect(reply).toMatchObject({ new: 0, updated: 1, unchanged: 1, codes: [] })
    expect(await students()).toEqual([
      { nim: 'a1', name: 'Ani Sari', kelas: 'X-1', email: 'ani@rumah.test' },
      { nim: 'b1', name: 'Budi', kelas: 'X-1', email: null },
    ])
  })

  it('names who is suspended and stays so', async () => {
    await commit('nim;nama;kelas\na1;Ani;X-1\nb1;Budi;X-1\n')
    await server.deps.db.write([{ sql: "UPDATE users SET is_active = 0 WHERE nim = 'b1'" }])
    const reply = await commit('nim;nama;kelas\na1;Ani;X-1\nb1;Budi;X-2\n')
    expect(reply).toMatchObject({
      updated: 1,
      unchanged: 1,
      suspended: 1,
      suspended_accounts: [{ row: 3, nim: 'b1', name: 'Budi' }],
    })
    expect(await server.deps.db.read("SELECT kelas, is_active FROM users WHERE nim = 'b1'")).toEqual([
      { kelas: 'X-2', is_active: 0 },
    ])
  })

  it('does not touch staff', async () => {
    await server.addUser({ nim: 'G1', name: 'Bu Guru', role: 'guru' })
    expect((await preview('nim;nama\ng1;Diganti\n')).errors).toEqual([
      { row: 2, field: 'nim', code: 'not_a_student', value: 'g1' },
    ])
  })

  it('takes an account over that somebody had made herself: password, devices, face', async () => {
    const student = await makeStudent(server, { nim: '001', name: 'Siapa' })
    await enrol(server, student)
    const args = [student.id]
    await server.deps.db.write([{ sql: 'UPDATE users SET self_made = 1 WHERE id = ?', args }])
    const taken = { new: 1, updated: 0, reset: 1, reset_accounts: [{ row: 2, nim: '001', name: 'Siapa' }] }
    expect(await preview(LIST)).toMatchObject(taken)
    const reply = await commit(LIST)
    expect(reply).toMatchObject(taken)
    expect(reply.codes).toHaveLength(2)
    expect((await server.refused('/api/v1/auth/me', { token: student.token })).code).toBe('unauthenticated')
    const login = { body: { nim: '001', password: PASSWORD } }
    expect((await server.refused('/api/v1/auth/login', login)).code).toBe('wrong_credentials')
    for (const table of ['devices', 'face_encodings', 'refresh_tokens'])
      expect([table, await server.deps.db.read(`SELECT 1 FROM ${table} WHERE user_id = ?`, args)]).toEqual([table, []])
    expect(await server.deps.db.read('SELECT name, has_face, self_made FROM users WHERE id = ?', args)).toEqual([
      { name: 'Ani', has_face: 0, self_made: 0 },
    ])
    const erased = await server.deps.db.read("SELECT 1 FROM audit_logs WHERE action = 'unregister_face'")
    expect(erased).toHaveLength(1)
    const code = reply.codes.find(({ nim }) => nim === '001')?.code
    const body = { nim: '001', code, password: 'milik-ani-1' }
    await server.ask(tokensReply, '/api/v1/auth/activate', { body })
    expect(await commit(LIST)).toMatchObject({ reset: 0, unchanged: 2 })
  })

  it('keeps neither the address nor the photographs of whoever had made the account', async () => {
    const { id } = await server.addUser({ nim: '001', name: 'Siapa', email: 'orang.lain@surel.test' })
    await server.deps.db.write([
      { sql: 'UPDATE users SET self_made = 1, confirmed_email = email WHERE id = ?', args: [id] },
      {
        sql: `INSERT INTO face_uploads (id, user_id, by_user, model, state, sealed, qualities, created_at, matched_at)
          VALUES ('u1', :id, :id, 'm', 'pending', x'00', '[90]', 0, 1)`,
        args: { id },
      },
    ])
    await commit(LIST)
    expect(await server.deps.db.read('SELECT id FROM face_uploads')).toEqual([])
    expect(await server.deps.db.read("SELECT 1 FROM audit_logs WHERE action = 'unregister_face'")).toHaveLength(1)
    expect((await students())[0]).toEqual({ nim: '001', name: 'Ani', kelas: 'X-1', email: null })
  })

  it('is done once by two at the same moment', async () => {
    const replies = await Promise.all([1, 2].map(() => server.call(BULK, call(LIST, { mode: 'commit' }))))
    // The later one is told so, or finds nothing left to do.
    const statuses = replies.map(({ status }) => status).sort()
    expect([200, 409]).toContain(statuses[1])
    expect(statuses[0]).toBe(200)
    expect(await students()).toHaveLength(2)
  })

  it('takes five thousand rows in one batch', async () => {
    const rows = Array.from({ length: 5_000 }, (_, i) => `${1e6 + i};Siswa ${i};X-${i % 30}`).join('\n')
    const reply = await commit(`nim;nama;kelas\n${rows}\n`)
    expect([reply.new, new Set(reply.codes.map(({ code }) => code)).size]).toEqual([5_000, 5_000])
    expect(await students()).toHaveLength(5_000)
  })
})

it('spells a class as the school does already, and a new one as its list does first', async () => {
  await server.addUser({ nim: '900', kelas: 'X-1' })
  const list = 'NIM,Nama,Kelas\n001,Ani,x-1\n002,Budi,XI-Ipa\n003,Citra,xi-IPA\n'
  expect((await preview(list)).rows.map(({ kelas }) => kelas)).toEqual(['X-1', 'XI-Ipa', 'XI-Ipa'])
  await commit(list)
  expect((await commit(list)).unchanged).toBe(3)
  expect((await students()).map(({ kelas }) => kelas)).toEqual(['X-1', 'XI-Ipa', 'XI-Ipa', 'X-1'])
})
