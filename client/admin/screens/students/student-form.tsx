import { useState } from 'preact/hooks'
import { studentsApi } from '../../../../shared/contract/api/students.ts'
import { usersApi } from '../../../../shared/contract/api/users.ts'
import type { Account } from '../../../../shared/contract/people.ts'
import { Button } from '../../../ui/button.tsx'
import { useAdmin, useWords } from '../../app-context.ts'
import { changedFields } from '../../parts/changed-fields.ts'
import { Form, Input } from '../../parts/inputs.tsx'
import { Modal } from '../../parts/modal.tsx'
import { ProblemLine } from '../../parts/problem-line.tsx'
import { useAct } from '../../parts/use-act.ts'
import { common } from '../../texts.ts'
import { AccommodationFields, NONE } from './accommodation-fields.tsx'
import { accommodationTexts } from './accommodation-texts.ts'
import { studentTexts } from './texts.ts'

export interface NewCode {
  readonly name: string
  readonly nim: string
  readonly kelas: string | null
  readonly code: string
}

interface StudentFormProps {
  /** Whom to change; null makes a new student. */
  readonly account: Account | null
  readonly onClose: () => void
  /** A new student comes with her activation code. */
  readonly onDone: (code: NewCode | null) => Promise<void> | void
}

/** A student's data, to make or to change her. */
export function StudentForm({ account, onClose, onDone }: StudentFormProps) {
  const words = useWords(studentTexts)
  const accommodationWords = useWords(accommodationTexts)
  const general = useWords(common)
  const { api } = useAdmin()
  const act = useAct()
  const [form, setForm] = useState({
    name: account?.name ?? '',
    nim: account?.nim ?? '',
    kelas: account?.kelas ?? '',
    email: account?.email ?? '',
    parent_email: account?.parent_email ?? '',
  })
  const [accommodation, setAccommodation] = useState(account?.accommodation ?? NONE)
  const isStuck = accommodation.challenges?.length === 0
  const field = (name: keyof typeof form) => ({
    value: form[name],
    onChange: (value: string) => setForm((old) => ({ ...old, [name]: value })),
    testId: `student-${name}`,
  })
  const send = () =>
    act.run(async () => {
      const orNull = (text: string) => (text.trim() === '' ? null : text.trim())
      const body = {
        name: form.name,
        nim: form.nim,
        kelas: orNull(form.kelas),
        email: orNull(form.email),
        parent_email: orNull(form.parent_email),
        accommodation,
      }
      if (account) {
        const sent = changedFields(account, body)
        if (Object.keys(sent).length > 0) await api.call(usersApi.change, { params: { id: account.id }, body: sent })
        await onDone(null)
      } else await onDone(await api.call(studentsApi.add, { body }))
    })
  return (
    <Modal title={account ? words.edit : words.add} onClose={onClose}>
      <Form onSend={() => !isStuck && send()}>
        <Input label={words.name} required {...field('name')} />
        <Input label={words.nim} required {...field('nim')} />
        <Input label={words.kelas} {...field('kelas')} />
        <Input label={words.email} type="email" {...field('email')} />
        <Input label={words.parentEmail} type="email" {...field('parent_email')} />
        <AccommodationFields
          value={accommodation}
          onChange={setAccommodation}
          error={isStuck ? accommodationWords.needOne : ''}
        />
        {act.problem && <ProblemLine problem={act.problem} />}
        <div class="row-actions end">
          <Button onPress={onClose}>{general.cancel}</Button>
          <Button kind="primary" type="submit" busy={act.busy} testId="student-save">
            {general.save}
          </Button>
        </div>
      </Form>
    </Modal>
  )
}

/** A code that is shown once, to be printed or written down. */
export function CodeDialog({ code, onClose }: { code: NewCode; onClose: () => void }) {
  const words = useWords(studentTexts)
  const general = useWords(common)
  return (
    <Modal title={words.code} onClose={onClose}>
      <p>{words.codeBody(code.name)}</p>
      <p>
        {code.nim} · {code.kelas ?? general.none}
      </p>
      <p class="code" data-testid="code">
        {code.code}
      </p>
      <div class="row-actions end">
        <Button onPress={() => window.print()}>{general.print}</Button>
        <Button kind="primary" onPress={onClose} testId="code-close">
          {general.close}
        </Button>
      </div>
    </Modal>
  )
}
