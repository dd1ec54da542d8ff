import { useState } from 'preact/hooks'
import { Notice } from '../../../ui/notice.tsx'
import { useWords } from '../../app-context.ts'
import { FileButton } from '../../parts/file-button.tsx'
import { importTexts } from './texts.ts'

/** The largest file, bytes: as base64 it stays below what the server takes. */
const LARGEST = 5_000_000

/** A list as it is sent. */
export interface ListFile {
  readonly filename: string
  /** Base64. */
  readonly content: string
}

/** A file's bytes as base64. Rejects when the file cannot be read. */
function readBase64(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.addEventListener('load', () => resolve(String(reader.result).replace(/^[^,]*,/, '')))
    reader.addEventListener('error', () => reject(reader.error))
    reader.readAsDataURL(file)
  })
}

/** The first step: a file, dropped here or chosen by the button. */
export function UploadStep({ busy, onFile }: { busy: boolean; onFile: (file: ListFile) => void }) {
  const words = useWords(importTexts)
  const [over, setOver] = useState(false)
  const [trouble, setTrouble] = useState<'tooLarge' | 'unreadable' | null>(null)
  const take = async (file: File | undefined) => {
    if (file === undefined || busy) return
    if (file.size > LARGEST) return setTrouble('tooLarge')
    setTrouble(null)
    try {
      onFile({ filename: file.name.slice(-255), content: await readBase64(file) })
    } catch {
      setTrouble('unreadable')
    }
  }
  return (
    <>
      <section
        class={over ? 'drop over' : 'drop'}
        aria-label={words.drop}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault()
          setOver(false)
          void take(event.dataTransfer?.files[0])
        }}
      >
        <strong>{words.drop}</strong>
        <p class="muted">{words.dropBody}</p>
        <FileButton
          kind="primary"
          busy={busy}
          label={words.choose}
          accept=".csv,.txt,.tsv,.xlsx,text/csv"
          testId="choose-file"
          onFiles={([file]) => void take(file)}
        />
      </section>
      {trouble && (
        <Notice kind="bad" alert>
          {words[trouble]}
        </Notice>
      )}
    </>
  )
}
