import { busyDay, own } from './own-answers.ts'
import type { Scene } from './scene-kit.ts'

/** Attendance, izin, account and what lies under it: each scene shows as much of its screen as one page can. */
export const ownScenes: readonly Scene[] = [
  { name: 'home-busy-day', answers: busyDay, shows: '.day-rows' },
  { name: 'place', answers: busyDay, hash: '#/check-in', shows: '[data-testid=place]' },
  { name: 'attendance', answers: own, hash: '#/attendance', shows: '.list .pill' },
  {
    name: 'attendance-correct',
    answers: own,
    hash: '#/attendance',
    async act(page) {
      await page
        .getByRole('button', { name: /^Ini salah/ })
        .first()
        .click()
      await page.getByTestId('send-correction').click()
    },
    shows: 'dialog[open] textarea[aria-invalid=true]',
  },
  {
    name: 'izin-form',
    answers: own,
    hash: '#/izin',
    async act(page) {
      await page.getByTestId('ask-izin').click()
      await page.getByTestId('send-izin').click()
    },
    shows: 'textarea[aria-invalid=true]',
  },
  { name: 'izin', answers: own, hash: '#/izin', shows: '.list .pill', pictureOnly: true },
  { name: 'account', answers: own, hash: '#/account', shows: '.list .pill' },
  {
    name: 'privacy',
    answers: own,
    hash: '#/privacy',
    async act(page) {
      await page.getByTestId('show-data').click()
      await page.locator('.held-section summary').first().click()
    },
    shows: '.held',
  },
  {
    name: 'privacy-withdrawn',
    answers: own,
    hash: '#/privacy',
    async act(page) {
      await page.getByTestId('withdraw-consent').click()
      await page.getByTestId('withdraw-consent-yes').click()
    },
    shows: '[data-testid=withdrawn]',
    pictureOnly: true,
  },
  {
    name: 'password',
    answers: own,
    hash: '#/password',
    act: (page) => page.getByTestId('save-password').click(),
    shows: '[name=next][aria-invalid=true]',
  },
  {
    name: 'code',
    answers: own,
    hash: '#/code',
    act: (page) => page.getByTestId('draw-code').click(),
    shows: '.qr',
  },
]
