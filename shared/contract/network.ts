import { z } from 'zod'

/** An address, or a range of the school's network in CIDR (RFC 4632): `10.1.0.0/16`, `2001:db8::/32`. */
export const networkRangeSchema = z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()])
