import { z } from 'zod'

// Zod otherwise tries `new Function` once, which our Content-Security-Policy refuses and the browser reports. To be imported
// before any schema is made.
z.config({ jitless: true })
