import { Button } from '../../../ui/button.tsx'
import { useLanguage, useWords } from '../../app-context.ts'
import { Modal } from '../../parts/modal.tsx'
import { ProblemLine } from '../../parts/problem-line.tsx'
import type { Act } from '../../parts/use-act.ts'
import { common } from '../../texts.ts'
import { fieldTexts } from './field-texts.ts'
import { type Draft, type Edits, PATHS, type Value } from './fields.ts'
import { settingsTexts } from './texts.ts'
import { tellValue } from './words-of.ts'

interface ReviewDialogProps {
  readonly base: Draft
  readonly changes: Edits
  readonly act: Act
  readonly onSave: () => void
  /** Somebody else has changed the settings: get the newest and look again. */
  readonly onNewer: () => void
  readonly onClose: () => void
}

/** What will be changed, before it is. */
export function ReviewDialog({ base, changes, act, onSave, onNewer, onClose }: ReviewDialogProps) {
  const words = useWords(settingsTexts)
  const fields = useWords(fieldTexts)
  const general = useWords(common)
  const language = useLanguage()
  const stale = act.problem?.code === 'conflict'
  return (
    <Modal title={stale ? words.staleTitle : words.reviewTitle} wide onClose={onClose}>
      <ul class="changes" data-testid="changes">
        {PATHS.filter((path) => changes[path] !== undefined).map((path) => (
          <li key={path}>
            <strong>{fields.label[path]}</strong>
            <dl>
              <dt>{words.before}</dt>
              <dd class="muted">{tellValue(path, base[path], language)}</dd>
              <dt>{words.after}</dt>
              <dd>{tellValue(path, changes[path] as Value, language)}</dd>
            </dl>
          </li>
        ))}
      </ul>
      {stale ? <p>{words.staleBody}</p> : act.problem && <ProblemLine problem={act.problem} />}
      <div class="row-actions end">
        <Button onPress={onClose}>{general.cancel}</Button>
        {stale ? (
          <Button kind="primary" busy={act.busy} onPress={onNewer} testId="settings-newer">
            {words.newer}
          </Button>
        ) : (
          <Button kind="primary" busy={act.busy} onPress={onSave} testId="settings-save">
            {general.save}
          </Button>
        )}
      </div>
    </Modal>
  )
}
