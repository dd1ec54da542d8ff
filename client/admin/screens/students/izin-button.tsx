import { useState } from 'preact/hooks'
import type { Student } from '../../../../shared/contract/people.ts'
import { Button } from '../../../ui/button.tsx'
import { useWords } from '../../app-context.ts'
import { IzinEntry } from '../requests/izin-entry.tsx'
import { izinTexts } from '../requests/izin-texts.ts'

/** A parent's letter, entered where the student is looked at. */
export function IzinButton({ student, onDone }: { student: Student; onDone: () => Promise<void> }) {
  const words = useWords(izinTexts)
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button onPress={() => setOpen(true)} testId="enter-izin">
        {words.enter}
      </Button>
      {open && (
        <IzinEntry
          student={student}
          onClose={() => setOpen(false)}
          onDone={async () => {
            await onDone()
            setOpen(false)
          }}
        />
      )}
    </>
  )
}
