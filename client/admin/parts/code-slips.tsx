import { useEffect, useState } from 'preact/hooks'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { QrDrawing } from '../../ui/qr-drawing.tsx'
import { useWords } from '../app-context.ts'
import { bilingual } from '../language.ts'
import { common } from '../texts.ts'
import { saveCsv } from './csv.ts'
import { useAddress } from './use-address.ts'
import { useUnsaved } from './use-unsaved.ts'

const texts = bilingual(
  {
    title: 'Kode aktivasi',
    once: 'Kode hanya ditampilkan sekarang. Cetak atau unduh sebelum meninggalkan halaman ini.',
    download: 'Unduh CSV',
    how: 'Buka alamat ini, pilih “Aktifkan akun”, lalu ketik NIM dan kode. Rahasiakan kode ini.',
    qr: (name: string) => `Kode QR ke halaman aktivasi untuk ${name}`,
    nim: 'NIM',
    name: 'Nama',
    kelas: 'Kelas',
    code: 'Kode',
    address: 'Alamat',
    local: (address: string) =>
      `${address} hanya berlaku di komputer ini. Buka konsol lewat alamat yang dipakai siswa (atau atur PUBLIC_URL di server), baru cetak.`,
  },
  {
    title: 'Activation codes',
    once: 'The codes are shown only now. Print or download them before you leave this page.',
    download: 'Download CSV',
    how: 'Open this address, choose “Activate account”, then type your NIM and the code. Keep the code secret.',
    qr: (name) => `QR code to the activation page for ${name}`,
    nim: 'NIM',
    name: 'Name',
    kelas: 'Class',
    code: 'Code',
    address: 'Address',
    local: (address) =>
      `${address} means this computer only. Open the console by the address students use (or set PUBLIC_URL on the server), and print then.`,
  },
)

interface Slip {
  readonly id: string
  readonly nim: string
  readonly name: string
  readonly kelas: string | null
  readonly code: string
}

/**
 * Activation codes as cards to cut out, eight to a page of A4, and as a file. The QR is the page's address, never the
 * code. They cannot be had again: who goes before she has printed or downloaded them is asked.
 */
export function CodeSlips({ codes, filename }: { codes: readonly Slip[]; filename: string }) {
  const words = useWords(texts)
  const general = useWords(common)
  const { address, isLocal } = useAddress()
  const [kept, setKept] = useState<readonly Slip[] | null>(null)
  useUnsaved(kept !== codes)
  useEffect(() => {
    const printed = () => setKept(codes)
    addEventListener('beforeprint', printed)
    return () => removeEventListener('beforeprint', printed)
  }, [codes])
  const download = () => {
    saveCsv(filename, [
      [words.nim, words.name, words.kelas, words.code, words.address],
      ...codes.map(({ nim, name, kelas, code }) => [nim, name, kelas ?? '', code, address]),
    ])
    setKept(codes)
  }
  return (
    <section class="stack" aria-label={words.title}>
      <p class="slips-note">{words.once}</p>
      {isLocal && (
        <div class="not-printed">
          <Notice kind="warn">{words.local(address)}</Notice>
        </div>
      )}
      <div class="row-actions">
        <Button kind="primary" onPress={() => window.print()} testId="print-codes">
          {general.print}
        </Button>
        <Button onPress={download} testId="download-codes">
          {words.download}
        </Button>
      </div>
      <ul class="slips">
        {codes.map(({ id, nim, name, kelas, code }) => (
          <li key={id} class="slip" data-testid="slip">
            <div>
              <strong>{name}</strong>
              <span>
                {words.nim} {nim} · {kelas ?? general.none}
              </span>
              <span class="code">{code}</span>
              <span class="slip-address">{address}</span>
            </div>
            <QrDrawing text={`${address}/#/activate`} label={words.qr(name)} />
            <p class="slip-how">{words.how}</p>
          </li>
        ))}
      </ul>
    </section>
  )
}
