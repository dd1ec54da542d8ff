import { Button } from '../../../ui/button.tsx'
import { useAdmin, useLanguage, useWords } from '../../app-context.ts'
import { formatCount, formatMoment } from '../../format.ts'
import { Modal } from '../../parts/modal.tsx'
import { addressOf } from '../../router.ts'
import { common } from '../../texts.ts'
import { type Line, type Told, tellAction, tellActor, tellDetails, tellEntity, tellSubject } from './tell-line.ts'
import { auditTexts } from './texts.ts'

const withNim = ({ text, nim }: Told) => (nim === null ? text : `${text} (${nim})`)

/** Everything a line holds, in words and with its codes. */
export function LineDialog({ line, onClose }: { line: Line; onClose: () => void }) {
  const words = useWords(auditTexts)
  const general = useWords(common)
  const language = useLanguage()
  const { router } = useAdmin()
  const subject = tellSubject(line, language)
  const narrow = (filters: Readonly<Record<string, string>>) => {
    onClose()
    router.go(['audit'], filters)
  }
  const { user_id, entity_id } = line
  const facts = [
    [words.when, `${formatMoment(line.created_at, language)} · ${words.number(formatCount(line.seq, language))}`],
    [words.who, withNim(tellActor(line, language))],
    [words.about, [tellEntity(line.entity_type, language), subject && withNim(subject)].filter(Boolean).join(': ')],
    [words.id, entity_id],
    [words.address, line.ip_address],
    [words.agent, line.user_agent],
    [words.code, `${line.action} / ${line.entity_type}`],
  ] as const
  const details = tellDetails(line, language)
  return (
    <Modal title={tellAction(line.action, language)} wide onClose={onClose}>
      <dl class="pairs">
        {facts.map(
          ([name, value]) =>
            value !== null && (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ),
        )}
      </dl>
      <h3>{words.details}</h3>
      {details.length === 0 ? (
        <p class="muted">{line.details_erased ? words.erased : words.noDetails}</p>
      ) : (
        <dl class="pairs" data-testid="details">
          {details.map(({ key, name, text, userId }) => (
            <div key={key}>
              <dt>{name}</dt>
              <dd>{userId === null ? text : <a href={addressOf(['users', userId])}>{text}</a>}</dd>
            </div>
          ))}
        </dl>
      )}
      <div class="row-actions end">
        {user_id !== null && <Button onPress={() => narrow({ user_id })}>{words.allOfHers}</Button>}
        {entity_id !== null && (
          <Button onPress={() => narrow({ entity_type: line.entity_type, entity_id })}>{words.allAboutIt}</Button>
        )}
        <Button kind="primary" onPress={onClose} testId="line-close">
          {general.close}
        </Button>
      </div>
    </Modal>
  )
}
