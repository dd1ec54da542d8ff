import { ConfigProblem } from './config.ts'

/** What the command line asks of the server. */
export type TlsChoice = 'none' | 'self-made' | { readonly certPath: string; readonly keyPath: string }

/** Reads `--https [CERT KEY]`. Anything else is a ConfigProblem. */
export function readArguments(args: readonly string[]): TlsChoice {
  const [flag, certPath, keyPath, ...rest] = args
  if (flag === undefined) return 'none'
  if (flag === '--https' && certPath === undefined) return 'self-made'
  if (flag === '--https' && certPath !== undefined && keyPath !== undefined && rest.length === 0)
    return { certPath, keyPath }
  throw new ConfigProblem('Usage: npm start [-- --https [CERT KEY]]  (CERT and KEY are PEM files, both or neither)')
}
