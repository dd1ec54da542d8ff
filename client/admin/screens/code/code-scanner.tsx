import { useEffect, useRef, useState } from 'preact/hooks'
import { CameraProblem, type CameraTrouble } from '../../../camera/camera-types.ts'
import { Button } from '../../../ui/button.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { useWords } from '../../app-context.ts'
import { common } from '../../texts.ts'
import { codeTexts } from './texts.ts'

type Trouble = CameraTrouble | 'failed'

/** The camera's picture with a frame to hold the code in, until a code is read. What fails falls back to typing. */
export function CodeScanner(props: { readonly onCode: (code: string) => void; readonly onClose: () => void }) {
  const words = useWords(codeTexts)
  const general = useWords(common)
  const place = useRef<HTMLDivElement>(null)
  const [on, setOn] = useState(false)
  const [other, setOther] = useState(false)
  const [trouble, setTrouble] = useState<Trouble | null>(null)
  const { onCode } = props
  const tell = useRef(onCode)
  tell.current = onCode
  useEffect(() => {
    const stopping = new AbortController()
    const { signal } = stopping
    const scan = async () => {
      const { scanCode } = await import('./scan-code.ts')
      const code = await scanCode({
        signal,
        onCamera({ video }) {
          place.current?.replaceChildren(video)
          setOn(true)
        },
        onOther: () => setOther(true),
      })
      if (!signal.aborted) tell.current(code)
    }
    scan().catch((error: unknown) => {
      if (!signal.aborted) setTrouble(error instanceof CameraProblem ? error.trouble : 'failed')
    })
    return () => stopping.abort()
  }, [])
  if (trouble)
    return (
      <div class="stack" data-testid="scan-trouble">
        <Notice kind="bad" alert>
          {trouble === 'denied' ? words.scanDenied : words.scanTrouble}
        </Notice>
        <div class="row-actions">
          <Button onPress={props.onClose}>{words.type}</Button>
        </div>
      </div>
    )
  return (
    <div class="scanner" data-testid="scanner" data-on={on ? 'yes' : 'no'}>
      <div class="scanner-view">
        <div ref={place} />
        <span class="scanner-frame" aria-hidden="true" />
      </div>
      <p role="status">{!on ? general.loading : other ? words.otherCode : words.hold}</p>
      <Button onPress={props.onClose} testId="scan-stop">
        {words.type}
      </Button>
    </div>
  )
}
