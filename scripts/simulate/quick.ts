import { createHmac, KeyObject, sign, timingSafeEqual, verify } from 'node:crypto'
import { createRequire } from 'node:module'
import type Database from 'libsql'

/**
 * What makes many simulated days quicker and changes nothing in them. Web Crypto does each signature on another thread,
 * which takes longer than the signature; here Node does it at once. And `@libsql/client` compiles the SQL of every call
 * anew; here a connection keeps what it compiled. The trace of a run is the same with it and without (quick.test.ts).
 */
export interface Quick {
  /** Puts everything back as it was. */
  end(): void
}

type Bytes = BufferSource
const bytesOf = (data: Bytes): Uint8Array =>
  ArrayBuffer.isView(data) ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength) : new Uint8Array(data)
const bufferOf = (bytes: Uint8Array): ArrayBuffer => new Uint8Array(bytes).buffer

/** HMAC and ECDSA, both with SHA-256, are what the kiosk's walk signs with; anything else goes its usual way. */
function kindOf(algorithm: AlgorithmIdentifier | EcdsaParams, key: CryptoKey): 'HMAC' | 'ECDSA' | null {
  const name = typeof algorithm === 'string' ? algorithm : algorithm.name
  const hash =
    name === 'HMAC'
      ? (key.algorithm as HmacKeyAlgorithm).hash.name
      : typeof algorithm === 'object' && 'hash' in algorithm
        ? typeof algorithm.hash === 'string'
          ? algorithm.hash
          : algorithm.hash.name
        : ''
  return (name === 'HMAC' || name === 'ECDSA') && key.algorithm.name === name && hash === 'SHA-256' ? name : null
}

function quickSignatures(): Quick {
  const { subtle } = globalThis.crypto
  const slow = { sign: subtle.sign.bind(subtle), verify: subtle.verify.bind(subtle) }
  const known = new WeakMap<CryptoKey, KeyObject>()
  const keyOf = (key: CryptoKey): KeyObject => {
    const object = known.get(key) ?? KeyObject.from(key as never)
    known.set(key, object)
    return object
  }
  const hmac = (key: CryptoKey, data: Bytes) => createHmac('sha256', keyOf(key)).update(bytesOf(data)).digest()
  const ecdsa = (key: CryptoKey) => ({ key: keyOf(key), dsaEncoding: 'ieee-p1363' as const })
  subtle.sign = async (algorithm, key, data) => {
    const kind = key.usages.includes('sign') ? kindOf(algorithm, key) : null
    if (kind === null) return slow.sign(algorithm, key, data)
    return bufferOf(kind === 'HMAC' ? hmac(key, data) : sign('sha256', bytesOf(data), ecdsa(key)))
  }
  subtle.verify = async (algorithm, key, signature, data) => {
    const kind = key.usages.includes('verify') ? kindOf(algorithm, key) : null
    if (kind === null) return slow.verify(algorithm, key, signature, data)
    const given = bytesOf(signature)
    if (kind === 'ECDSA') return verify('sha256', bytesOf(data), ecdsa(key), given)
    const mac = hmac(key, data)
    return mac.length === given.length && timingSafeEqual(mac, given)
  }
  return {
    end() {
      // Its own methods again.
      delete (subtle as Partial<SubtleCrypto>).sign
      delete (subtle as Partial<SubtleCrypto>).verify
    },
  }
}

/** The very package that `@libsql/client` opens files with. */
const require = createRequire(import.meta.url)
const { prototype } = createRequire(require.resolve('@libsql/client'))('libsql') as { prototype: Database.Database }

/** Statements of one connection kept at most; a server has some three hundred. Their columns stay: it does not change its tables. */
const KEPT = 1000

function quickStatements(): Quick {
  const { prepare } = prototype
  const kept = new WeakMap<Database.Database, Map<string, Database.Statement>>()

  /** Compiled once, with what `@libsql/client` asks of it each time answered from memory. */
  function keep(statement: Database.Statement): Database.Statement {
    statement.safeIntegers(true)
    let refusal: unknown = null
    try {
      statement.raw(true)
    } catch (error) {
      refusal = error
    }
    const columns = refusal === null ? statement.columns() : []
    return Object.assign(statement, {
      safeIntegers: () => statement,
      raw() {
        if (refusal !== null) throw refusal
        return statement
      },
      columns: () => columns,
    })
  }

  prototype.prepare = function prepareOnce(this: Database.Database, sql: string) {
    const statements = kept.get(this) ?? new Map<string, Database.Statement>()
    kept.set(this, statements)
    const found = statements.get(sql)
    if (found !== undefined) return found
    const statement = prepare.call(this, sql) as Database.Statement
    if (!/^\s*(SELECT|WITH|INSERT|UPDATE|DELETE|BEGIN|COMMIT)\b/i.test(sql)) return statement
    if (statements.size >= KEPT) statements.clear()
    statements.set(sql, keep(statement))
    return statement
  } as typeof prepare
  return {
    end() {
      prototype.prepare = prepare
    },
  }
}

export function beQuick(): Quick {
  const parts = [quickSignatures(), quickStatements()]
  return {
    end() {
      for (const part of parts) part.end()
    },
  }
}
