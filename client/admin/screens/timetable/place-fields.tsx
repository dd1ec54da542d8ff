import { useWords } from '../../app-context.ts'
import { Choices } from '../../parts/choices.tsx'
import { Input, Select, TextArea } from '../../parts/inputs.tsx'
import type { PlaceField, PlaceForm } from './place-rule.ts'
import { placeTexts } from './place-texts.ts'

interface PlaceFieldsProps {
  readonly form: PlaceForm
  readonly wrong: readonly PlaceField[]
  readonly onChange: (form: PlaceForm) => void
}

/** Where a session may be taken, and what happens elsewhere. */
export function PlaceFields({ form, wrong, onChange }: PlaceFieldsProps) {
  const words = useWords(placeTexts)
  const field = (name: PlaceField) => ({
    value: form[name],
    onChange: (value: string) => onChange({ ...form, [name]: value }),
    error: wrong.includes(name) ? words.wrong[name] : '',
    testId: `place-${name}`,
  })
  return (
    <>
      <Choices
        label={words.place}
        hint={words.placeHint}
        value={form.mode}
        onChange={(mode) => onChange({ ...form, mode: mode as PlaceForm['mode'] })}
        testId="place"
        options={[
          ['off', words.modes.off],
          ['flag', words.modes.flag],
          ['refuse', words.modes.refuse],
        ]}
      />
      {form.mode !== 'off' && (
        <Select
          label={words.by}
          value={form.by}
          onChange={(by) => onChange({ ...form, by: by as PlaceForm['by'] })}
          testId="place-by"
          hint={words.byHint[form.by]}
          options={[
            ['circle', words.byCircle],
            ['networks', words.byNetworks],
          ]}
        />
      )}
      {form.mode !== 'off' && form.by === 'circle' && (
        <>
          <Input label={words.latitude} hint={words.latitudeHint} {...field('latitude')} />
          <Input label={words.longitude} {...field('longitude')} />
          <Input label={words.radius} {...field('radius')} />
        </>
      )}
      {form.mode !== 'off' && form.by === 'networks' && (
        <TextArea label={words.networks} hint={words.networksHint} {...field('networks')} />
      )}
    </>
  )
}
