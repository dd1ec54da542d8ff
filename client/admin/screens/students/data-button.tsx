import { privacyApi } from '../../../../shared/contract/api/privacy.ts'
import { Button } from '../../../ui/button.tsx'
import { useAdmin, useWords } from '../../app-context.ts'
import { saveBlob } from '../../parts/save-file.ts'
import type { Act } from '../../parts/use-act.ts'
import { studentTexts } from './texts.ts'

/** Everything that is held on her, as a file the office gives to whoever asks for her own. */
export function DataButton({ id, nim, act }: { id: string; nim: string; act: Act }) {
  const words = useWords(studentTexts)
  const { api, toasts } = useAdmin()
  const download = async () => {
    const data = await api.call(privacyApi.ofUser, { params: { id } })
    const blob = new Blob([JSON.stringify(data, null, 2)], { type: 'application/json' })
    const name = `smart-absensi-${nim.replace(/[^\w-]/g, '-')}-${data.exported_at.slice(0, 10)}.json`
    saveBlob(blob, name)
    toasts.say(words.dataSaved(name))
  }
  return (
    <Button disabled={act.busy} onPress={() => act.run(download)} testId="student-data">
      {words.data}
    </Button>
  )
}
