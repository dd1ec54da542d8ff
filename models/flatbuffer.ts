/**
 * [Note: Prepending tables to a flatbuffer]
 * A flatbuffer's reference is an unsigned distance: it only points forward. So a file can be extended without
 * understanding all of it: new tables are laid out in FRONT of the untouched original and point into it. Everything
 * the original holds keeps its own distances, and the megabytes of weights are copied, never parsed.
 */

/** Reads tables and vectors of an existing flatbuffer by position. Little-endian, as the format says. */
export class FlatbufferView {
  readonly #view: DataView

  constructor(bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  /** Position of the root table. */
  root(): number {
    return this.#follow(0)
  }

  /** Position of a table's field's inline value; 0 where the field is left at its default. */
  field(table: number, index: number): number {
    const vtable = table - this.#view.getInt32(table, true)
    const slot = 4 + 2 * index
    if (slot >= this.#view.getUint16(vtable, true)) return 0
    const offset = this.#view.getUint16(vtable + slot, true)
    return offset === 0 ? 0 : table + offset
  }

  /** Position of the table or vector a field refers to; 0 where there is none. */
  reference(table: number, index: number): number {
    const field = this.field(table, index)
    return field === 0 ? 0 : this.#follow(field)
  }

  /** Positions of the tables of a vector of tables. */
  tables(vector: number): number[] {
    if (vector === 0) return []
    return Array.from({ length: this.#view.getUint32(vector, true) }, (_, i) => this.#follow(vector + 4 + 4 * i))
  }

  int32s(vector: number): number[] {
    const length = vector === 0 ? 0 : this.#view.getUint32(vector, true)
    return Array.from({ length }, (_, i) => this.#view.getInt32(vector + 4 + 4 * i, true))
  }

  int8(position: number): number {
    return position === 0 ? 0 : this.#view.getInt8(position)
  }

  #follow(position: number): number {
    return position + this.#view.getUint32(position, true)
  }
}

/** Something to be laid out in front of the original, or (`old`) a position inside the original. */
export type Node =
  | { readonly kind: 'old'; readonly position: number }
  | { readonly kind: 'table'; readonly fields: readonly Field[] }
  | { readonly kind: 'tables'; readonly items: readonly Node[] }
  | { readonly kind: 'int32s'; readonly values: readonly number[] }
  | { readonly kind: 'float32s'; readonly values: readonly number[] }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'text'; readonly text: string }

/** A table's field in the order of the schema: a reference, an inline integer, or nothing (its default). */
export type Field = Node | { readonly kind: 'int32' | 'int8'; readonly value: number } | null

export const old = (position: number): Node => ({ kind: 'old', position })
export const table = (...fields: readonly Field[]): Node => ({ kind: 'table', fields })
export const tables = (items: readonly Node[]): Node => ({ kind: 'tables', items })
export const int32s = (values: readonly number[]): Node => ({ kind: 'int32s', values })
export const float32s = (values: readonly number[]): Node => ({ kind: 'float32s', values })
export const bytesOf = (bytes: Uint8Array): Node => ({ kind: 'bytes', bytes })
export const text = (value: string): Node => ({ kind: 'text', text: value })
export const int32 = (value: number): Field => ({ kind: 'int32', value })
export const int8 = (value: number): Field => ({ kind: 'int8', value })
