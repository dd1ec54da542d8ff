import { render } from 'preact'
import { createRemembered } from '../core/remembered.ts'
import { createSession } from '../core/session.ts'
import { createAdminApi } from './api.ts'
import { App } from './app.tsx'
import { takeEarly } from './early.ts'
import { createLanguageStore } from './language.ts'
import { createConfirmer } from './parts/confirmer.ts'
import { createToasts } from './parts/toast-store.ts'
import { createAdminRouter } from './router.ts'

const remembered = createRemembered(() => localStorage)
const language = createLanguageStore(remembered)
const session = createSession(() => api, remembered)
const api = createAdminApi({ language: language.get, onSignedOut: session.end, early: takeEarly })
const parts = {
  api,
  session,
  language,
  router: createAdminRouter(window),
  toasts: createToasts(),
  confirmer: createConfirmer(api),
}

// Asked before anything is drawn: the first screen waits for the answer, and drawing takes its time as well.
void session.resume()

const root = document.querySelector('#app')
if (root) render(<App parts={parts} />, root)
