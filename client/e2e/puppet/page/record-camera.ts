/** Records what the page's camera shows while a prompt stands on the page. @returns a webm file in base64 */
async function recordCamera(prompt: string, ms: number): Promise<string> {
  const stream = await navigator.mediaDevices.getUserMedia({ video: true })
  const view = document.createElement('div')
  Object.assign(view.dataset, { testid: 'camera-view', prompt })
  document.body.append(view)
  const recorder = new MediaRecorder(stream, { mimeType: 'video/webm;codecs=vp8', videoBitsPerSecond: 6_000_000 })
  const parts: Blob[] = []
  recorder.addEventListener('dataavailable', ({ data }) => parts.push(data))
  const stopped = new Promise((resolve) => recorder.addEventListener('stop', resolve))
  recorder.start()
  await new Promise((resolve) => setTimeout(resolve, ms))
  recorder.stop()
  await stopped
  const bytes = new Uint8Array(await new Blob(parts).arrayBuffer())
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
}

Object.assign(globalThis, { recordCamera })
