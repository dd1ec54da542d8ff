import type { Capture, PublicJwk } from '../../../../shared/contract/capture.ts'
import { type DeviceKey, openDeviceKey, proveDevice } from '../../../evidence/device-key.ts'
import { deflateTrace, encodeVector, sealCapture } from '../../../evidence/seal.ts'

const facts = ({ id, jwk, privateKey }: DeviceKey) => ({ id, jwk, extractable: privateKey.extractable })

/** What the tests of keys, seals and outbox call in the page. */
export const evidenceLab = {
  open: async () => facts(await openDeviceKey()),

  /** Two openings at once, as from two tabs on a first visit. */
  openTwice: async () => (await Promise.all([openDeviceKey(), openDeviceKey()])).map(({ id }) => id),

  /** The name of the error exporting the private key fails with. */
  exportKey: async () => {
    const { privateKey } = await openDeviceKey()
    return crypto.subtle.exportKey('pkcs8', privateKey).then(
      () => 'exported',
      (error: unknown) => (error instanceof Error ? error.name : String(error)),
    )
  },

  prove: async (nonce: string) => proveDevice(await openDeviceKey(), nonce),
  seal: async (capture: Capture, sealing: { kid: string; jwk: PublicJwk }) =>
    sealCapture(capture, await openDeviceKey(), sealing),
  deflate: (bytes: number[]) => deflateTrace(Uint8Array.from(bytes)),
  encode: (vector: number[]) => encodeVector(Float32Array.from(vector)),
}

declare global {
  interface Window {
    evidenceLab?: typeof evidenceLab
  }
}
window.evidenceLab = evidenceLab
