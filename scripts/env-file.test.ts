import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { readConfig } from '../server/config.ts'
import { makeFolder } from '../server/test/test-server.ts'
import { EnvFileProblem, loadEnvFile } from './env-file.ts'

let folder: string
beforeEach(() => {
  folder = makeFolder()
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function load(text: string, env: Record<string, string | undefined> = {}) {
  const path = join(folder, '.env')
  writeFileSync(path, text)
  loadEnvFile(path, env)
  return env
}

it('reads names and passwords whole, and leaves what the environment has', () => {
  const text = [
    '\uFEFF# a school',
    "APP_NAME='SMA Negeri 3'  # its name",
    `SMTP_PASSWORD='a$b & "c";#d'`,
    'HOST=',
    'EMAIL_FROM=absensi@sekolah.test # who',
    'SMTP_USER=a b',
    'PORT=3100',
    '',
  ].join('\r\n')
  expect(load(text, { PORT: '4000' })).toEqual({
    APP_NAME: 'SMA Negeri 3',
    SMTP_PASSWORD: 'a$b & "c";#d',
    HOST: '',
    EMAIL_FROM: 'absensi@sekolah.test',
    SMTP_USER: 'a b',
    PORT: '4000',
  })
})

it.each(['rahasia', 'SMTP_PASSWORD=rahasia#1', 'SMTP_PASSWORD=#rahasia', "SMTP_PASSWORD='rahasia", "A='rahasia'b'"])(
  'stops at %s, naming the line and not the value',
  (line) => {
    const wrong = () => load(`PORT=3100\n${line}\nAPP_NAME=x\n`)
    expect(wrong).toThrow(EnvFileProblem)
    expect(wrong).toThrow(/\.env, line 2: /)
    expect(wrong).not.toThrow(/rahasia/)
  },
)

it('does without a file, and stops at one that cannot be read', () => {
  const env = {}
  loadEnvFile(join(folder, '.env'), env)
  expect(env).toEqual({})
  mkdirSync(join(folder, '.env'))
  expect(() => loadEnvFile(join(folder, '.env'), env)).toThrow(/\.env: cannot be read \(EISDIR\)/)
})

it('finds the example to be what the program does by itself', () => {
  const example: Record<string, string | undefined> = {}
  loadEnvFile(fileURLToPath(new URL('../.env.example', import.meta.url)), example)
  expect(readConfig(example)).toEqual(readConfig({}))
})
