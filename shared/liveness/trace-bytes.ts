/** Variable-length integers (LEB128) into a growing buffer; signed ones zigzag as in Protocol Buffers. */
export class ByteWriter {
  #buffer = new Uint8Array(4096)
  #length = 0

  /** @param value a whole number, 0 to 2^31 - 1 */
  unsigned(value: number): void {
    let rest = value
    if (this.#length + 5 > this.#buffer.length) {
      const larger = new Uint8Array(this.#buffer.length * 2)
      larger.set(this.#buffer)
      this.#buffer = larger
    }
    while (rest > 127) {
      this.#buffer[this.#length++] = (rest & 127) | 128
      rest >>>= 7
    }
    this.#buffer[this.#length++] = rest
  }

  signed(value: number): void {
    this.unsigned((value << 1) ^ (value >> 31))
  }

  bytes(): Uint8Array<ArrayBuffer> {
    return this.#buffer.slice(0, this.#length)
  }
}

/** The reader beside ByteWriter. Every method throws RangeError where the bytes end too early or a number is too long. */
export class ByteReader {
  readonly #bytes: Uint8Array
  #at = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  unsigned(): number {
    let value = 0
    for (let shift = 0; shift < 35; shift += 7) {
      const next = this.#bytes[this.#at++]
      if (next === undefined) throw new RangeError('trace: bytes missing')
      value += (next & 127) * 2 ** shift
      if (next < 128) {
        if (value > 0xffff_ffff) break
        return value
      }
    }
    throw new RangeError('trace: number too long')
  }

  signed(): number {
    const value = this.unsigned()
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2
  }

  atEnd(): boolean {
    return this.#at === this.#bytes.length
  }
}
