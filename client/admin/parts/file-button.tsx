import { useRef } from 'preact/hooks'
import { Button } from '../../ui/button.tsx'

export interface FileButtonProps {
  readonly label: string
  readonly kind?: 'primary' | 'plain'
  readonly busy?: boolean
  /** As the `accept` of an input. */
  readonly accept: string
  readonly multiple?: boolean
  /** Of the button; the input behind it has `-input` after it. */
  readonly testId: string
  onFiles(files: readonly File[]): void
}

/** A button that lets files be chosen. The same file, corrected, may be chosen again. */
export function FileButton({
  label,
  kind = 'plain',
  busy = false,
  accept,
  multiple,
  testId,
  onFiles,
}: FileButtonProps) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <Button kind={kind} busy={busy} onPress={() => input.current?.click()} testId={testId}>
        {label}
      </Button>
      <input
        ref={input}
        type="file"
        class="hidden-text"
        tabIndex={-1}
        aria-hidden="true"
        accept={accept}
        multiple={multiple ?? false}
        data-testid={`${testId}-input`}
        onChange={(event) => {
          const files = [...(event.currentTarget.files ?? [])]
          event.currentTarget.value = ''
          if (files.length > 0) onFiles(files)
        }}
      />
    </>
  )
}
