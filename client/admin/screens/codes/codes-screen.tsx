import { useState } from 'preact/hooks'
import { studentsApi } from '../../../../shared/contract/api/students.ts'
import { useStore } from '../../../core/store.ts'
import { Button } from '../../../ui/button.tsx'
import type { Answer } from '../../api.ts'
import { useAdmin, useWords } from '../../app-context.ts'
import { bilingual } from '../../language.ts'
import { CodeSlips } from '../../parts/code-slips.tsx'
import { Empty } from '../../parts/data-table.tsx'
import { Form } from '../../parts/inputs.tsx'
import { KelasField } from '../../parts/kelas-field.tsx'
import { Page } from '../../parts/page.tsx'
import { ProblemLine } from '../../parts/problem-line.tsx'
import { useAct } from '../../parts/use-act.ts'
import { addressOf } from '../../router.ts'

const texts = bilingual(
  {
    title: 'Kode aktivasi untuk satu kelas',
    lead: 'Untuk siswa yang belum mengaktifkan akunnya. Kode yang lama tidak berlaku lagi.',
    back: 'Siswa',
    kelas: 'Kelas',
    make: 'Buat kode baru',
    ask: (kelas: string) => `Buat kode baru untuk ${kelas}?`,
    askBody:
      'Setiap siswa kelas ini yang belum aktif mendapat kode baru; kode yang sudah dibagikan tidak berlaku lagi. Yang sudah aktif tidak berubah.',
    none: 'Semua siswa kelas ini sudah aktif',
    noneBody: 'Tidak ada kode yang dibuat. Pilih kelas lain, atau buat kode baru di halaman seorang siswa.',
    file: (kelas: string) => `kode-${kelas.replace(/[^\w-]+/g, '-')}.csv`,
  },
  {
    title: 'Activation codes for a class',
    lead: 'For students who have not activated their accounts. Codes from before are good no more.',
    back: 'Students',
    kelas: 'Class',
    make: 'Make new codes',
    ask: (kelas) => `Make new codes for ${kelas}?`,
    askBody:
      'Every student of this class who is not active yet gets a new code; codes already handed out are good no more. Whoever is active is left alone.',
    none: 'Everybody of this class is active',
    noneBody: 'No code was made. Choose another class, or make a new code on a student’s page.',
    file: (kelas) => `codes-${kelas.replace(/[^\w-]+/g, '-')}.csv`,
  },
)

type Codes = Answer<typeof studentsApi.codes>['codes']

/** `/students/codes?kelas=`: new codes of a class, to print and cut out. */
export function CodesScreen() {
  const words = useWords(texts)
  const { api, confirmer, router } = useAdmin()
  const { kelas = '' } = useStore(router).filters
  const act = useAct()
  const [made, setMade] = useState<{ kelas: string; codes: Codes } | null>(null)
  const make = () =>
    act.run(async () => {
      const confirmation = await confirmer.ask({ title: words.ask(kelas), body: words.askBody, act: words.make })
      if (confirmation === null) return
      const { codes } = await api.call(studentsApi.codes, { body: { kelas }, confirmation })
      setMade({ kelas, codes })
    })
  return (
    <Page title={words.title} lead={words.lead}>
      <a class="not-printed" href={addressOf(['students'])}>
        ← {words.back}
      </a>
      <div class="not-printed">
        <Form onSend={() => kelas !== '' && make()}>
          <div class="filters">
            <KelasField label={words.kelas} value={kelas} onChange={(value) => router.filter({ kelas: value })} />
            <Button kind="primary" type="submit" busy={act.busy} disabled={kelas === ''} testId="make-codes">
              {words.make}
            </Button>
          </div>
        </Form>
      </div>
      {act.problem && <ProblemLine problem={act.problem} />}
      {made?.codes.length === 0 && <Empty title={words.none} body={words.noneBody} />}
      {made && made.codes.length > 0 && <CodeSlips codes={made.codes} filename={words.file(made.kelas)} />}
    </Page>
  )
}
