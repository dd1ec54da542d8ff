import { passwordRules } from '../core/password-rules.ts'
import { Icon } from '../ui/icon.tsx'
import { useTexts } from './app-context.ts'

/** The rules of a new password, each ticked as it is met. */
export function NewPasswordRules({ password, id }: { password: string; id: string }) {
  const { texts } = useTexts()
  const words = texts.activate
  return (
    <ul class="rules" id={id} aria-label={words.rules}>
      {passwordRules(password).map(({ name, met }) => (
        <li key={name} class={met ? 'met' : ''}>
          <Icon name={met ? 'check' : 'ring'} size={18} />
          {words[name]}
          <span class="hidden-text">{met ? words.met : words.unmet}</span>
        </li>
      ))}
    </ul>
  )
}
