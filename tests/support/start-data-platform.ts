import { randomUUID } from 'node:crypto';
import { dataPlatformService } from '@onsale/data-platform';
import { type RunningService, startService } from '@onsale/platform/service';
import { type FreshSchema, freshSchema } from './fresh-schema.ts';

/** The external data platform on real servers, in this process; faults on request are allowed. */
export interface TestDataPlatform {
  readonly service: RunningService;
  readonly url: string;
  /** What a caller must have as its bearer token. */
  readonly key: string;
  readonly schema: FreshSchema;
  stop(): Promise<void>;
}

export interface DataPlatformOptions {
  /** A schema of its own on the shared servers unless told. */
  readonly schema?: FreshSchema;
  readonly env?: Readonly<Record<string, string>>;
}

export async function startDataPlatform({ env, ...given }: DataPlatformOptions = {}): Promise<TestDataPlatform> {
  const schema = given.schema ?? (await freshSchema('platform'));
  const key = randomUUID();
  const service = await startService(dataPlatformService, {
    env: { ...schema.env, DATA_PLATFORM_KEY: key, DATA_PLATFORM_FAULTS: 'allowed', LOG_LEVEL: 'error', ...env },
    parts: ['http', 'migrate'],
  });
  return {
    service,
    url: service.url,
    key,
    schema,
    stop: async () => {
      await service.stop();
      await schema.close();
    },
  };
}
