import { Icon } from '../../../ui/icon.tsx'
import { useWords } from '../../app-context.ts'
import type { Wrong } from './check.ts'
import { fieldTexts } from './field-texts.ts'
import { PATHS, type Path } from './fields.ts'
import { settingsTexts } from './texts.ts'

/** Takes the reader to a field. Its row is marked `data-setting`. */
export function focusSetting(path: Path): void {
  document.querySelector<HTMLElement>(`[data-setting="${path}"] :is(input, textarea)`)?.focus()
}

/** The first wrong field of the page. */
export const firstOf = (wrong: readonly Wrong[]): Path | undefined =>
  PATHS.find((path) => wrong.some((one) => one.path === path))

/** How many fields are wrong, and the way to each of them. */
export function WrongList({ wrong }: { wrong: readonly Wrong[] }) {
  const words = useWords(settingsTexts)
  const { label } = useWords(fieldTexts)
  const paths = PATHS.filter((path) => wrong.some((one) => one.path === path))
  return (
    <div class="wrong-list" data-testid="wrong">
      <strong class="bad">
        <Icon name="warn" size={20} /> {words.wrong(String(paths.length))}
      </strong>
      <ul>
        {paths.map((path) => (
          <li key={path}>
            <button type="button" class="link" data-testid={`wrong-${path}`} onClick={() => focusSetting(path)}>
              {label[path]}
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}
