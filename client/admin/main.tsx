import { createRemembered } from '../core/remembered.ts'
import './styles.css'
import { askEarly } from './early.ts'

askEarly(createRemembered(() => localStorage))
import('./start.tsx').catch((error: unknown) => console.error(error))
