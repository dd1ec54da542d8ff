import { Icon } from '../../ui/icon.tsx'
import { useAdmin, useWords } from '../app-context.ts'
import { bilingual } from '../language.ts'

const texts = bilingual(
  { drop: (text: string) => `Hapus saringan: ${text}` },
  { drop: (text) => `Drop the filter: ${text}` },
)

/** A filter that came from a line or another screen: told, and taken away by a press. @param name the filter's, in the address */
export function FilterChip({ text, name }: { text: string; name: string }) {
  const words = useWords(texts)
  const { router } = useAdmin()
  return (
    <button
      type="button"
      class="chip"
      aria-label={words.drop(text)}
      onClick={() => {
        router.filter({ [name]: '', offset: '' })
        // The chip is gone with it.
        document.querySelector<HTMLElement>('#main h1')?.focus({ preventScroll: true })
      }}
    >
      {text}
      <Icon name="cross" size={16} />
    </button>
  )
}
