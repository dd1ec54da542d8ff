import { useState } from 'preact/hooks'
import { usersApi } from '../../../../shared/contract/api/users.ts'
import type { Role } from '../../../../shared/contract/auth.ts'
import type { Account } from '../../../../shared/contract/people.ts'
import { Button } from '../../../ui/button.tsx'
import { useAdmin, useWords } from '../../app-context.ts'
import { changedFields } from '../../parts/changed-fields.ts'
import { Form, Input, Select } from '../../parts/inputs.tsx'
import { KelasListInput, readKelas } from '../../parts/kelas-list-input.tsx'
import { Modal } from '../../parts/modal.tsx'
import { ProblemLine } from '../../parts/problem-line.tsx'
import { useAct } from '../../parts/use-act.ts'
import { common } from '../../texts.ts'
import type { NewCode } from '../students/student-form.tsx'
import { userTexts } from './texts.ts'

interface UserFormProps {
  /** Whom to change; null makes a new account. */
  readonly account: Account | null
  readonly onClose: () => void
  /** A new account comes with its activation code. */
  readonly onDone: (code: NewCode | null) => Promise<void>
}

const orNull = (text: string) => (text.trim() === '' ? null : text.trim())

/** An account of any role, to make or to change it. Admins are made and unmade by acts of their own. */
export function UserForm({ account, onClose, onDone }: UserFormProps) {
  const words = useWords(userTexts)
  const general = useWords(common)
  const { api, confirmer } = useAdmin()
  const act = useAct()
  const [role, setRole] = useState<Role>(account?.role ?? 'guru')
  const [form, setForm] = useState({
    name: account?.name ?? '',
    nim: account?.nim ?? '',
    kelas: account?.kelas ?? '',
    guru_kelas: (account?.guru_kelas ?? []).join(', '),
    email: account?.email ?? '',
  })
  const roles: readonly Role[] =
    account === null ? ['guru', 'admin', 'user'] : account.role === 'admin' ? ['admin'] : ['guru', 'user']
  const wrong = (name: string) => act.problem?.problem?.fields?.some(({ path }) => path.split('.')[0] === name)
  const field = (name: keyof typeof form) => ({
    value: form[name],
    onChange: (value: string) => setForm((old) => ({ ...old, [name]: value })),
    testId: `user-${name}`,
    error: wrong(name) ? (act.problem?.detail ?? '') : '',
  })
  const body = () => ({
    name: form.name,
    nim: form.nim,
    email: orNull(form.email),
    kelas: orNull(form.kelas),
    guru_kelas: role === 'user' ? [] : readKelas(form.guru_kelas),
  })
  const change = async (before: Account) => {
    const changed = role === 'admin' || role === before.role ? {} : { role }
    const sent = { ...changedFields(before, body()), ...changed }
    if (Object.keys(sent).length > 0) await api.call(usersApi.change, { params: { id: before.id }, body: sent })
    await onDone(null)
  }
  const add = async () => {
    const question = { title: words.makeAdmin, body: words.makeAdminBody(form.name), act: words.makeAdmin }
    const confirmation = role === 'admin' ? await confirmer.ask(question) : undefined
    if (confirmation === null) return
    const asked = { body: { ...body(), role }, ...(confirmation === undefined ? {} : { confirmation }) }
    await onDone(await api.call(usersApi.add, asked))
  }
  return (
    <Modal title={account ? words.edit : words.add} onClose={onClose}>
      <Form onSend={() => act.run(() => (account ? change(account) : add()))}>
        {roles.length > 1 && (
          <Select
            label={words.role}
            value={role}
            onChange={(value) => setRole(value as Role)}
            testId="user-role"
            hint={words.roleHint[role]}
            options={roles.map((name) => [name, words.roles[name]])}
          />
        )}
        <Input label={words.name} required {...field('name')} />
        <Input label={words.nim} required hint={role === 'user' ? undefined : words.nimHint} {...field('nim')} />
        {role === 'user' ? (
          <Input label={words.kelas} {...field('kelas')} />
        ) : (
          role === 'guru' && (
            <KelasListInput label={words.guruKelas} hint={words.guruKelasHint} {...field('guru_kelas')} />
          )
        )}
        <Input label={words.email} type="email" {...field('email')} />
        {act.problem && <ProblemLine problem={act.problem} />}
        <div class="row-actions end">
          <Button onPress={onClose}>{general.cancel}</Button>
          <Button kind="primary" type="submit" busy={act.busy} testId="user-save">
            {general.save}
          </Button>
        </div>
      </Form>
    </Modal>
  )
}
