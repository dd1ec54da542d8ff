import { useState } from 'preact/hooks'
import { settingsApi } from '../../../../shared/contract/api/settings.ts'
import { useAdmin, useLanguage, useWords } from '../../app-context.ts'
import { formatMoment } from '../../format.ts'
import { Skeleton } from '../../parts/data-table.tsx'
import { Page } from '../../parts/page.tsx'
import { ProblemLine } from '../../parts/problem-line.tsx'
import { useAsk } from '../../parts/use-ask.ts'
import { common } from '../../texts.ts'
import { ServerFacts } from './server-facts.tsx'
import { type Settings, SettingsForm } from './settings-form.tsx'
import { settingsTexts } from './texts.ts'
import { Thresholds } from './thresholds.tsx'

/** `/settings`: what the school sets, and what it can only look at. */
export function SettingsPart() {
  const words = useWords(settingsTexts)
  const general = useWords(common)
  const language = useLanguage()
  const { api } = useAdmin()
  const { data: read, problem, reload } = useAsk('settings', () => api.call(settingsApi.read))
  const [saved, setSaved] = useState<Settings | null>(null)
  // Whichever is newer: what this page saved, or what it read after somebody else did.
  const data = saved !== null && (saved.updated_at ?? '') >= (read?.updated_at ?? '') ? saved : read
  return (
    <Page title={words.title} lead={words.lead}>
      {problem && <ProblemLine problem={problem} onRetry={reload} />}
      {data === null && !problem && <Skeleton label={general.loading} lines={8} />}
      {data && (
        <>
          <p class="hint">
            {data.updated_at === null ? words.never : words.updated(formatMoment(data.updated_at, language))}
          </p>
          <SettingsForm settings={data} onSaved={setSaved} onNewer={reload} />
          <Thresholds threshold={data.server.face_confidence_threshold} />
          <ServerFacts server={data.server} />
        </>
      )}
    </Page>
  )
}
