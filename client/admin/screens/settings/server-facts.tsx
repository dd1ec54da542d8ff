import { useWords } from '../../app-context.ts'
import type { Settings } from './settings-form.tsx'
import { settingsTexts } from './texts.ts'

/** What the server's environment fixes, and by which variable. */
export function ServerFacts({ server }: { server: Settings['server'] }) {
  const words = useWords(settingsTexts)
  const facts = [
    [words.timeZone, server.time_zone, 'TZ_SCHOOL'],
    [words.mail, server.mail ? words.mailOn : words.mailOff, 'SMTP_HOST'],
    [words.profile, words.profileName[server.profile], 'LIVENESS_PROFILE'],
  ] as const
  return (
    <section class="panel" aria-label={words.server}>
      <h2>{words.server}</h2>
      <p class="muted">{words.serverLead}</p>
      <dl class="facts">
        {facts.map(([name, value, variable]) => (
          <div key={variable}>
            <dt>{name}</dt>
            <dd>
              {value} <span class="origin">{variable}</span>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
