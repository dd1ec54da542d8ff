import { expect, it, vi } from 'vitest'
import { studentsApi } from '../../shared/contract/api/students.ts'
import { pathOf } from './api.ts'
import { addressOf, createAdminRouter, isDay, parseAddress } from './router.ts'

it('keeps path and filters in the address, and reads back what it wrote', () => {
  const hash = addressOf(['students', 'a/b'], { search: 'Ani & Budi', kelas: '' })
  expect(hash).toBe('#/students/a%2Fb?search=Ani+%26+Budi')
  expect(parseAddress(hash)).toEqual({ path: ['students', 'a/b'], filters: { search: 'Ani & Budi' } })
  expect(parseAddress('')).toEqual({ path: [], filters: {} })
  expect(parseAddress('#/%E0%A4%A')).toEqual({ path: ['%E0%A4%A'], filters: {} })
})

it('leaves out days that are none', () => {
  const { filters } = parseAddress('#/reports/period?from=20252-11-05&until=2026-02-01&date=0002-01-01&search=0002')
  expect(filters).toEqual({ until: '2026-02-01', search: '0002' })
  for (const text of ['2026-13-01', '2026-1-1', '', 'x']) expect(isDay(text)).toBe(false)
})

it('lets nobody leave what is unsaved without a word', () => {
  let turn: () => void = () => undefined
  const location = { hash: '#/records/day?kelas=X-1' }
  const write = (_: unknown, __: string, hash: string) => {
    location.hash = hash
  }
  const view = {
    location,
    history: { replaceState: write, pushState: write },
    addEventListener: (_: string, tell: () => void) => {
      turn = tell
    },
  }
  const router = createAdminRouter(view as unknown as Window)
  const press = (hash: string) => {
    location.hash = hash
    turn()
  }
  const shown = () => addressOf(router.get().path, router.get().filters)
  router.hold(true)
  // A menu link, and a field of the screen: nothing moves until it is agreed to.
  for (const act of [() => press('#/today'), () => router.filter({ kelas: 'X-2' }), () => router.go(['today'])]) {
    act()
    expect(shown()).toBe('#/records/day?kelas=X-1')
    router.leaving.get()?.stay()
    expect(router.leaving.get()).toBeNull()
    expect([shown(), location.hash]).toEqual(['#/records/day?kelas=X-1', '#/records/day?kelas=X-1'])
  }
  const signOut = vi.fn()
  router.leave(signOut)
  expect(signOut).not.toHaveBeenCalled()
  router.leaving.get()?.stay()
  // The browser's way back while the question stands answers it.
  press('#/today')
  press('#/records/day?kelas=X-1')
  expect([router.leaving.get(), location.hash]).toEqual([null, '#/records/day?kelas=X-1'])
  press('#/today')
  router.leaving.get()?.leave()
  expect([shown(), router.leaving.get()]).toEqual(['#/today', null])
  router.leave(signOut)
  expect(signOut).toHaveBeenCalledOnce()
})

it('fills a row of the contract', () => {
  expect(pathOf(studentsApi.remove, { params: { id: 'x/y' } })).toBe('admin/students/x%2Fy')
  expect(pathOf(studentsApi.list, { query: { search: 'é', kelas: '', limit: 5 } })).toBe(
    'admin/students?search=%C3%A9&limit=5',
  )
})
