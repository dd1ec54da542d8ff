import { describe, expect, it } from 'vitest'
import { cameraProblem, troubleBefore } from './camera-trouble.ts'
import { CameraProblem } from './camera-types.ts'

describe('camera trouble', () => {
  it.each([
    ['NotAllowedError', 'denied'],
    ['NotFoundError', 'none'],
    ['OverconstrainedError', 'none'],
    ['NotReadableError', 'busy'],
    ['AbortError', 'busy'],
    ['TypeError', 'unsupported'],
  ])('%s means %s', (name, trouble) => {
    const error = Object.assign(new Error('x'), { name })
    const problem = cameraProblem(error)
    expect(problem.trouble).toBe(trouble)
    expect(problem.cause).toBe(error)
  })

  it('keeps a problem that is one already', () => {
    const problem = new CameraProblem('lost')
    expect(cameraProblem(problem)).toBe(problem)
    expect(cameraProblem('nonsense').trouble).toBe('unsupported')
  })

  it('tells an insecure address from a browser without cameras', () => {
    expect(troubleBefore({ isSecureContext: false, hasDevices: false })).toBe('insecure')
    expect(troubleBefore({ isSecureContext: true, hasDevices: false })).toBe('unsupported')
    expect(troubleBefore({ isSecureContext: true, hasDevices: true })).toBeNull()
  })
})
