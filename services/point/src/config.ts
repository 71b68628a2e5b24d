import { serviceConfig, wholeNumber } from '@onsale/platform/service';
import { storesConfig } from '@onsale/platform/stores';
import { z } from 'zod';

/** The environment of the point service. */
export const pointConfig = z.object({
  ...serviceConfig,
  ...storesConfig,
  JWKS_URL: z.url(),
  /** How long a charge waits for the user's other charges before 409 lock-not-acquired, in milliseconds. */
  CHARGE_WAIT_MS: wholeNumber(50, 60_000).default(2_000),
});
