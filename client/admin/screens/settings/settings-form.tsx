import { useState } from 'preact/hooks'
import type { z } from 'zod'
import { settingsApi } from '../../../../shared/contract/api/settings.ts'
import { isSensitiveSetting, type settingsReply } from '../../../../shared/contract/settings.ts'
import { ApiProblem } from '../../../core/api-problem.ts'
import { Button } from '../../../ui/button.tsx'
import { useAdmin, useLanguage, useWords } from '../../app-context.ts'
import { formatCount } from '../../format.ts'
import { useAct } from '../../parts/use-act.ts'
import { useUnsaved } from '../../parts/use-unsaved.ts'
import { common } from '../../texts.ts'
import { changesOf, findWrong, placeWrong, type Wrong } from './check.ts'
import { type Edits, fromEdits, GROUPS, type GroupName, type Path, toDraft, type Value } from './fields.ts'
import { ReviewDialog } from './review-dialog.tsx'
import { SettingField } from './setting-field.tsx'
import { settingsTexts } from './texts.ts'
import { tellWrong } from './words-of.ts'
import { firstOf, focusSetting, WrongList } from './wrong-list.tsx'

export type Settings = z.output<typeof settingsReply>

interface SettingsFormProps {
  readonly settings: Settings
  readonly onSaved: (settings: Settings) => void
  /** The settings are to be read again; what was typed stays. */
  readonly onNewer: () => Promise<void>
}

/** Every setting by group; what was typed lies over what is in force until it is saved, and is shown before that. */
export function SettingsForm({ settings, onSaved, onNewer }: SettingsFormProps) {
  const words = useWords(settingsTexts)
  const general = useWords(common)
  const language = useLanguage()
  const { api, confirmer, toasts } = useAdmin()
  const act = useAct()
  const [edits, setEdits] = useState<Edits>({})
  const [reviewing, setReviewing] = useState(false)
  /** What the server did not take; gone as soon as something is typed. */
  const [refused, setRefused] = useState<readonly Wrong[]>([])
  const base = toDraft(settings.settings)
  const draft = { ...base, ...edits }
  const changes = changesOf(base, edits)
  const count = Object.keys(changes).length
  useUnsaved(count > 0)
  const wrong = [...findWrong(draft), ...refused]
  const first = firstOf(wrong)
  const edit = (path: Path, value: Value) => {
    setRefused([])
    setEdits({ ...edits, [path]: value })
  }
  const save = () =>
    act.run(async () => {
      const body = { settings: fromEdits(changes), updated_at: settings.updated_at }
      const confirmation = Object.keys(changes).some(isSensitiveSetting)
        ? await confirmer.ask({ title: words.sure, body: words.sureBody, act: words.saveSettings })
        : undefined
      if (confirmation === null) return
      try {
        onSaved(await api.call(settingsApi.change, { body, ...(confirmation === undefined ? {} : { confirmation }) }))
      } catch (error) {
        const fields = error instanceof ApiProblem ? (error.problem?.fields ?? []) : []
        const placed = placeWrong(
          fields.map(({ path }) => path),
          draft,
        )
        if (placed.length === 0) throw error
        setRefused(placed)
        setReviewing(false)
        return
      }
      setEdits({})
      setReviewing(false)
      toasts.say(general.saved)
    })
  return (
    <>
      {(Object.keys(GROUPS) as GroupName[]).map((group) => (
        <section key={group} class="panel settings" aria-label={words.group[group]}>
          <h2>{words.group[group]}</h2>
          {GROUPS[group].map((path) => (
            <div key={path} class="setting" data-setting={path}>
              <SettingField
                path={path}
                value={draft[path]}
                onChange={(value) => edit(path, value)}
                error={tellWrong(
                  wrong.find((one) => one.path === path),
                  draft,
                  language,
                )}
              />
            </div>
          ))}
        </section>
      ))}
      <div class={count > 0 ? 'save-bar shown' : 'save-bar'} role="status" data-testid="save-bar">
        {count > 0 && (
          <>
            {wrong.length > 0 ? (
              <WrongList wrong={wrong} />
            ) : (
              <strong>{words.changes(formatCount(count, language))}</strong>
            )}
            <div class="row-actions">
              <Button onPress={() => setEdits({})}>{words.discard}</Button>
              <Button
                kind="primary"
                onPress={() => (first === undefined ? setReviewing(true) : focusSetting(first))}
                testId="settings-review"
              >
                {words.review}
              </Button>
            </div>
          </>
        )}
      </div>
      {reviewing && (
        <ReviewDialog
          base={base}
          changes={changes}
          act={act}
          onSave={save}
          onNewer={() =>
            act.run(async () => {
              await onNewer()
              setReviewing(false)
            })
          }
          onClose={() => setReviewing(false)}
        />
      )}
    </>
  )
}
