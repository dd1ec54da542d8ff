import { useId, useState } from 'preact/hooks'

interface FieldProps {
  readonly name: string
  readonly label: string
  readonly value: string
  readonly onInput: (value: string) => void
  /** What is wrong with the value; '' when nothing is. */
  readonly error?: string
  readonly autocomplete: 'username' | 'current-password' | 'new-password' | 'one-time-code' | 'name' | 'email' | 'off'
  /** It may be left empty. */
  readonly optional?: boolean
  readonly describedBy?: string
}

interface InputProps extends FieldProps {
  readonly type: 'text' | 'password'
  readonly reveal?: { readonly shown: boolean; readonly label: string; readonly toggle: () => void }
}

function Input(props: InputProps) {
  const { name, label, value, onInput, error = '', autocomplete, describedBy, type, reveal } = props
  const id = useId()
  const message = `${id}-message`
  return (
    <div class={error ? 'field wrong' : 'field'}>
      <label for={id}>{label}</label>
      <div class="box">
        <input
          {...(type === 'password' ? { type } : { type: 'text' as const })}
          id={id}
          name={name}
          value={value}
          autocomplete={autocomplete}
          autocapitalize={autocomplete === 'name' ? 'words' : 'none'}
          // As a property it is a boolean in newer browsers, to which "off" is true.
          ref={(input) => input?.setAttribute('autocorrect', 'off')}
          spellcheck={false}
          enterkeyhint="next"
          aria-required={props.optional ? undefined : 'true'}
          aria-invalid={error ? 'true' : undefined}
          aria-describedby={describedBy ? `${message} ${describedBy}` : message}
          onInput={(event) => onInput(event.currentTarget.value)}
        />
        {reveal && (
          <button type="button" class="reveal" aria-pressed={reveal.shown} aria-controls={id} onClick={reveal.toggle}>
            {reveal.label}
          </button>
        )}
      </div>
      <p class="message" id={message}>
        {error}
      </p>
    </div>
  )
}

/** One line of text with its label and its error. */
export function TextField(props: FieldProps) {
  return <Input {...props} type="text" />
}

/** A password with a button that shows what was typed: phones' keyboards make blind typing a guess. */
export function PasswordField({ show, hide, ...props }: FieldProps & { readonly show: string; readonly hide: string }) {
  const [shown, setShown] = useState(false)
  const reveal = { shown, label: shown ? hide : show, toggle: () => setShown(!shown) }
  return <Input {...props} type={shown ? 'text' : 'password'} reveal={reveal} />
}
