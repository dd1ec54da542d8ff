const BASE64URL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
/** Crockford's base32: no I, L, O, U, to be read out and compared by eye. */
const BASE32 = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const LETTERS = 16

/**
 * The first 80 bits of a key's RFC 7638 thumbprint as people compare them: `XXXX-XXXX-XXXX-XXXX`. The kiosk computes it
 * from its own key, the server from the key that came: alike only when nobody put another key in between.
 * @param thumbprint SHA-256, base64url, 43 characters
 */
export function fingerprintOf(thumbprint: string): string {
  let letters = ''
  let [held, bits] = [0, 0]
  for (const char of thumbprint) {
    held = (held << 6) | BASE64URL.indexOf(char)
    bits += 6
    while (bits >= 5 && letters.length < LETTERS) {
      bits -= 5
      letters += BASE32.charAt((held >> bits) & 31)
    }
    held &= (1 << bits) - 1
    if (letters.length === LETTERS) break
  }
  return letters.replace(/.{4}(?!$)/g, '$&-')
}
