import { expect, it } from 'vitest'
import { fingerprintOf } from './fingerprint.ts'

it('shows the first 80 bits of a thumbprint in four groups', () => {
  // The example of RFC 7638, 3.1; its bytes start 37 36 cb b1 78 c4 93 b2 ... in hexadecimal: 00110 11100 11011 ...
  const thumbprint = 'NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs'
  const bits = [...Buffer.from(thumbprint, 'base64url').subarray(0, 10)]
    .map((byte) => byte.toString(2).padStart(8, '0'))
    .join('')
  const letters = (bits.match(/.{5}/g) ?? []).map(
    (five) => '0123456789ABCDEFGHJKMNPQRSTVWXYZ'[Number.parseInt(five, 2)],
  )
  expect(fingerprintOf(thumbprint).replaceAll('-', '')).toBe(letters.join(''))
  expect(fingerprintOf(thumbprint)).toMatch(/^\w{4}-\w{4}-\w{4}-\w{4}$/)
  expect(fingerprintOf('A'.repeat(43))).toBe('0000-0000-0000-0000')
})
