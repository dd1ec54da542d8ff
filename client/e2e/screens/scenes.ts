import { type Answers, absensi, faceOff, gate, health, LATE, morning, ok, problem, today, tokens } from './answers.ts'
import { ownScenes } from './own-scenes.ts'
import { failed, pictureOnly, type Scene } from './scene-kit.ts'
import { walkScenes } from './walk-scenes.ts'

const home = (name: string, change: Answers, shows: string): Scene => ({
  name: `home-${name}`,
  answers: { ...morning, ...change },
  shows,
})

const signIn = (name: string, change: Answers): Scene => ({
  name: `sign-in-${name}`,
  answers: { ...gate, ...change },
  async act(page) {
    await page.locator('[name=nim]').fill('2026-0117')
    await page.locator('[name=password]').fill('salah sekali 1')
    await page.getByTestId('sign-in').click()
  },
  shows: '[data-testid=failure]',
})

const gates: readonly Scene[] = [
  { name: 'sign-in', answers: gate, shows: '[data-testid=sign-in]' },
  {
    name: 'sign-in-empty',
    answers: gate,
    act: (page) => page.getByTestId('sign-in').click(),
    shows: '[name=nim][aria-invalid=true]',
  },
  signIn('wrong', { 'POST auth/login': problem('wrong_credentials') }),
  signIn('slow-down', { 'POST auth/login': problem('slow_down', 540) }),
  pictureOnly(signIn('no-network', { 'POST auth/login': 'no_network' })),
  {
    name: 'sign-in-ended',
    answers: { ...gate, signedIn: true, 'POST auth/refresh': problem('unauthenticated') },
    shows: '.notice',
  },
  { name: 'activate', answers: gate, hash: '#/activate', shows: '[data-testid=activate]' },
  {
    name: 'activate-typed',
    answers: gate,
    hash: '#/activate',
    async act(page) {
      await page.locator('[name=nim]').fill('2026-0117')
      await page.locator('[name=code]').fill('K7QX-29MP-TR4')
      await page.locator('[name=password]').fill('pagi hari')
      await page.getByRole('button', { name: 'Tampilkan' }).click()
      await page.getByTestId('activate').click()
    },
    shows: '[name=password][aria-invalid=true]',
  },
  {
    name: 'register',
    answers: { ...gate, 'GET health': health('school', true) },
    async act(page) {
      await page.getByRole('link', { name: 'Minta akun' }).click()
      await page.getByTestId('register').click()
    },
    shows: '[name=name][aria-invalid=true]',
  },
  {
    name: 'register-sent',
    answers: {
      ...gate,
      'GET health': health('school', true),
      'POST auth/register': ok({ success: true, message: '' }),
    },
    hash: '#/register',
    async act(page) {
      await page.getByTestId('register').waitFor()
      await page.locator('[name=nim]').fill('2026-0117')
      await page.locator('[name=name]').fill('Rani Kusuma Dewi')
      await page.locator('[name=password]').fill('Kata-sandi-26')
      await page.getByTestId('register').click()
    },
    shows: '[data-testid=to-sign-in]',
  },
  {
    name: 'email',
    answers: { ...gate, 'POST auth/email/confirm': problem('wrong_code') },
    hash: '#email=a.b',
    act: (page) => page.getByTestId('confirm-email').click(),
    shows: '[data-testid=email-over]',
  },
  { name: 'start-unreachable', answers: { ...morning, 'POST auth/refresh': 'no_network' }, shows: '[data-failure]' },
]

const homes: readonly Scene[] = [
  home('open', {}, '[data-testid=check-in]'),
  pictureOnly(home('early', { 'GET absensi/today': today('06:05', 'open') }, '[data-testid=check-in]')),
  home('late', { 'GET absensi/today': today('07:38', 'late') }, '[data-testid=check-in]'),
  pictureOnly(home('before', { 'GET absensi/today': today('05:31', 'before') }, '.pill')),
  home('closed', { 'GET absensi/today': today('15:20', 'closed') }, '.pill'),
  home('recorded', { 'GET absensi/today': today('09:00', 'late', absensi()) }, '.session-done'),
  pictureOnly(home('recorded-late', { 'GET absensi/today': today('09:00', 'late', absensi(LATE)) }, '.session-done')),
  pictureOnly(home('no-session', { 'GET absensi/today': today('08:00', null) }, '.session h2')),
  home('no-face', { 'POST auth/refresh': tokens({ has_face: false }) }, '[data-testid=enrol]'),
  home('no-network', { 'GET absensi/today': 'no_network' }, '[data-failure=no_network]'),
  home('lab', { 'GET health': health('lab') }, '[data-testid=lab-banner]'),
]

const faces: readonly Scene[] = [
  { name: 'face', answers: morning, hash: '#/face', shows: '.facts' },
  {
    name: 'face-none',
    answers: { ...morning, 'POST auth/refresh': tokens({ has_face: false }), 'GET face/status': faceOff },
    hash: '#/face',
    shows: '[data-testid=enrol]',
  },
  {
    name: 'face-delete',
    answers: morning,
    hash: '#/face',
    act: (page) => page.getByTestId('delete-face').click(),
    shows: 'dialog[open]',
  },
]

const failures: readonly Scene[] = [
  failed('denied'),
  failed('slow_down', 95),
  failed('not_matched'),
  ...(['insecure', 'busy', 'no_network', 'no_challenge_met', 'not_live', 'closed'] as const).map((code) =>
    pictureOnly(failed(code)),
  ),
]

export const SCENES: readonly Scene[] = [...gates, ...homes, ...walkScenes, ...ownScenes, ...faces, ...failures]
