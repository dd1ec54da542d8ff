/** The names of the challenges, in the words of the protocol. Left and right are the subject's own. */
export const CHALLENGE_NAMES = ['blink', 'turn-left', 'turn-right', 'smile', 'nod'] as const
export type ChallengeName = (typeof CHALLENGE_NAMES)[number]
