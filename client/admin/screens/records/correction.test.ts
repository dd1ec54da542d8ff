import { describe, expect, it } from 'vitest'
import { findCorrection, hasWrongMinutes, MOST_MINUTES, toForm } from './correction.ts'

const late = { status: 'terlambat', late_minutes: 12, note: 'Ban bocor' } as const
const present = { status: 'hadir', late_minutes: 0, note: null } as const

describe('a correction', () => {
  it('is none while the form says what the record says', () => {
    expect(findCorrection(late, toForm(late))).toBeNull()
    expect(findCorrection(present, toForm(present))).toBeNull()
    expect(findCorrection(present, { ...toForm(present), note: '  ' })).toBeNull()
  })

  it('may change the minutes or the note alone, and sends nothing else', () => {
    const seen = { status: 'terlambat', was: 'terlambat' }
    expect(findCorrection(late, { ...toForm(late), minutes: '7' })).toEqual({ ...seen, late_minutes: 7 })
    expect(findCorrection(late, { ...toForm(late), note: ' Hujan ' })).toEqual({ ...seen, note: 'Hujan' })
    expect(findCorrection(late, { ...toForm(late), note: '' })).toEqual({ ...seen, note: '' })
  })

  it('has minutes only of whoever is late then', () => {
    const changed = { status: 'terlambat', minutes: '20', note: '' } as const
    expect(findCorrection(present, changed)).toEqual({ status: 'terlambat', was: 'hadir', late_minutes: 20 })
    expect(findCorrection(present, { ...changed, minutes: '0' })).toEqual({ status: 'terlambat', was: 'hadir' })
    const excused = { ...toForm(late), status: 'izin', minutes: 'x' } as const
    expect(findCorrection(late, excused)).toEqual({ status: 'izin', was: 'terlambat' })
    expect(findCorrection(present, { ...toForm(present), minutes: '9' })).toBeNull()
  })

  it('is none while the minutes are wrong', () => {
    expect(MOST_MINUTES).toBe(1440)
    for (const minutes of ['', ' ', '-1', '1.5', '1441', 'x']) {
      const form = { ...toForm(late), minutes }
      expect([minutes, hasWrongMinutes(form), findCorrection(late, form)]).toEqual([minutes, true, null])
    }
    for (const minutes of ['0', '1440']) expect(hasWrongMinutes({ ...toForm(late), minutes })).toBe(false)
  })
})
