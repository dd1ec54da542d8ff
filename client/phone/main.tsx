import { render } from 'preact'
import { createApi } from '../core/api.ts'
import { createKept } from '../core/kept.ts'
import { createLanguage, rememberedLanguage } from '../core/language.ts'
import { createRemembered } from '../core/remembered.ts'
import { createRouter } from '../core/router.ts'
import { createSession } from '../core/session.ts'
import './styles.css'
import { App } from './app.tsx'
import { installWorker } from './install-worker.ts'
import { walks } from './walks.ts'

const remembered = createRemembered(() => localStorage)
const language = createLanguage(remembered)
const kept = createKept(() => localStorage)
const session = createSession(() => api, remembered, kept)
const api = createApi({
  language: () => language.get().language,
  onSignedOut: session.end,
  onRenewed: session.renewed,
})
const router = createRouter(window)

const root = document.querySelector('#app')
// Without its texts the page opens in Indonesian.
const chosen = language.choose(rememberedLanguage(remembered)).catch((error: unknown) => console.error(error))
chosen.then(() => {
  if (root) render(<App parts={{ api, session, router, language, remembered, kept, walks }} />, root)
  installWorker()
})
