import { useEffect } from 'preact/hooks'
import { useStore } from '../../core/store.ts'
import { Button } from '../../ui/button.tsx'
import type { ScreenProps } from '../app.tsx'
import { Sheet } from './sheet.tsx'

/** The page is loaded again after this long, ms. */
const AGAIN_MS = 15_000

/** The kiosk could not be opened: says what to do meanwhile, and tries again. */
export function BrokenScreen({ wording }: Pick<ScreenProps, 'wording'>) {
  const { texts } = useStore(wording)
  useEffect(() => {
    const timer = setTimeout(() => location.reload(), AGAIN_MS)
    return () => clearTimeout(timer)
  }, [])
  return (
    <Sheet title={texts.broken.title} testId="broken-screen" class="calm">
      <p class="lead">{texts.broken.body}</p>
      <Button large onPress={() => location.reload()}>
        {texts.broken.again}
      </Button>
    </Sheet>
  )
}
