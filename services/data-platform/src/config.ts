import { databaseConfig } from '@onsale/platform/database';
import { serviceConfig, wholeNumber } from '@onsale/platform/service';
import { z } from 'zod';

/** The environment of the data platform. */
export const dataPlatformConfig = z.object({
  ...serviceConfig,
  ...databaseConfig,
  /** Longer than the longest delay that can be asked for, which would else end as a time-out of our own. */
  HTTP_REQUEST_TIMEOUT_MS: wholeNumber(1, 600_000).default(65_000),
  /** What every caller must bring as its bearer token. */
  DATA_PLATFORM_KEY: z.string().regex(/^[\w.~+/-]{16,512}=*$/, 'must be 16 to 512 letters, digits and . _ ~ + / -'),
  /** Whether PUT /faults is heard: for development and tests alone. */
  DATA_PLATFORM_FAULTS: z.enum(['allowed', 'refused']).default('refused'),
});

export type DataPlatformConfig = z.infer<typeof dataPlatformConfig>;
