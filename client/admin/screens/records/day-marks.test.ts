import { expect, it } from 'vitest'
import type { Status } from '../../../../shared/contract/absensi.ts'
import { addMarks, type Marks, settleMarks, withoutSaved } from './day-marks.ts'

const recorded = (rows: Readonly<Record<string, Status>>) => new Map(Object.entries(rows))
const NONE: Marks = new Map()

it('keeps a mark only over the record it was made for, and tells who was recorded otherwise', () => {
  const before = recorded({ budi: 'terlambat', dewi: 'hadir' })
  const marks = addMarks(addMarks(NONE, ['ani', 'citra', 'eko'], 'alfa', before), ['budi', 'dewi'], 'izin', before)
  const now = recorded({ ani: 'hadir', citra: 'alfa', budi: 'terlambat' })
  const { kept, overtaken } = settleMarks(marks, now)
  expect([...kept]).toEqual([
    ['eko', { status: 'alfa', was: null }],
    ['budi', { status: 'izin', was: 'terlambat' }],
  ])
  // Citra was marked the same by somebody else; Dewi's record is gone.
  expect(overtaken).toEqual(['ani', 'dewi'])
})

it('a mark made while others are saved stays, over what they saved', () => {
  const saved = addMarks(NONE, ['ani', 'budi'], 'alfa', recorded({}))
  const marks = addMarks(saved, ['budi', 'citra'], 'hadir', recorded({}))
  expect([...withoutSaved(marks, saved)]).toEqual([
    ['budi', { status: 'hadir', was: 'alfa' }],
    ['citra', { status: 'hadir', was: null }],
  ])
  expect(withoutSaved(saved, saved).size).toBe(0)
})
