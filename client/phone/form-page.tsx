import type { ComponentChildren } from 'preact'
import { Notice } from '../ui/notice.tsx'
import { Screen } from '../ui/screen.tsx'
import { useTexts } from './app-context.ts'
import { Mark } from './top-bar.tsx'

/** The frame of the two forms before sign-in: what this is, the form, and the way to the other one. */
export function FormPage({ title, children }: { title: string; children: ComponentChildren }) {
  const { texts } = useTexts()
  return (
    <div class="gate">
      <div class="gate-words">
        <Mark size={72} />
        <p class="gate-name">{texts.app}</p>
        <p>{texts.tagline}</p>
      </div>
      <Screen title={title} app={texts.app} class="card">
        {!window.isSecureContext && (
          <Notice kind="warn" title={texts.failures.insecure.title}>
            {texts.failures.insecure.body}
          </Notice>
        )}
        {children}
      </Screen>
    </div>
  )
}
