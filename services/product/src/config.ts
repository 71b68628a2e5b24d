import { serviceConfig } from '@onsale/platform/service';
import { storesConfig } from '@onsale/platform/stores';
import { z } from 'zod';

/** The environment of the product service. */
export const productConfig = z.object({ ...serviceConfig, ...storesConfig, JWKS_URL: z.url() });
