import { z } from 'zod';

/** The environment of `smoke`: where the platform answers, and who may make a product there. */
export const smokeConfig = z
  .object({
    /** The gateway's address. */
    SMOKE_URL: z.url({ protocol: /^https?$/, error: 'must be an http or https address' }),
    /** Without an admin nothing is bought. */
    SMOKE_ADMIN_EMAIL: z.string().min(1).optional(),
    SMOKE_ADMIN_PASSWORD: z.string().min(1).optional(),
  })
  .refine((config) => (config.SMOKE_ADMIN_EMAIL === undefined) === (config.SMOKE_ADMIN_PASSWORD === undefined), {
    path: ['SMOKE_ADMIN_EMAIL'],
    message: 'must be set with SMOKE_ADMIN_PASSWORD, or neither of them',
  });
