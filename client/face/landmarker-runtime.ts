import loaderUrl from '../../models/build/vision_wasm_module_internal.js?url'
import { download, type Tell } from './download.ts'

/** What MediaPipe's loader reads from the global scope. */
interface LoaderScope {
  ModuleFactory?: unknown
  Module?: unknown
  custom_dbg?: (line: string) => void
}

type Receive = (instance: WebAssembly.Instance, module: WebAssembly.Module) => void

/** A line of MediaPipe's log: severity, date and time. Only warnings' and information's are left out. */
const CHATTER = /^[IW]\d{4} |^INFO: |^Graph (successfully )?/

const speak = (line: string) => {
  if (!CHATTER.test(line)) console.warn(line)
}

/**
 * Hands MediaPipe its loader and its compiled module, for one task. Its own way would fetch both by itself, uncounted,
 * and by a script element that cannot load the module build; with ModuleFactory in place it asks for nothing.
 */
export async function provideRuntime(module: WebAssembly.Module, tell: Tell): Promise<void> {
  // The import below is answered from the browser's cache: this request is there to be counted.
  await download(loaderUrl, tell)
  const loader: { default: unknown } = await import(/* @vite-ignore */ loaderUrl)
  const scope = globalThis as LoaderScope
  scope.ModuleFactory = loader.default
  scope.custom_dbg = speak
  scope.Module = {
    print: speak,
    printErr: speak,
    instantiateWasm(imports: WebAssembly.Imports, receive: Receive) {
      void WebAssembly.instantiate(module, imports).then((instance) => receive(instance, module))
      return {}
    },
  }
}
