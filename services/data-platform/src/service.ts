import { openDatabase } from '@onsale/platform/database';
import type { ServiceDefinition } from '@onsale/platform/service';
import { type DataPlatformConfig, dataPlatformConfig } from './config.ts';
import { createFaults } from './domain/faults.ts';
import { deliveryRoutes } from './http/delivery-routes.ts';
import { faultRoutes } from './http/fault-routes.ts';
import { verifyKey } from './http/verify-key.ts';
import { createDeliveries } from './persistence/deliveries.ts';
import { receiveOrder } from './usecases/receive-order.ts';

const migrations = { owner: 'data-platform', directory: new URL('../migrations/', import.meta.url) };

/** The external data platform of development and tests: takes order events in, and goes wrong on request. */
export const dataPlatformService: ServiceDefinition<DataPlatformConfig> = {
  name: 'data-platform',
  config: dataPlatformConfig,
  async create({ config, log, metrics, clock, parts }) {
    const database = openDatabase<undefined>({ config, log, metrics, migrations });
    try {
      if (parts.has('migrate')) await database.migrate();
    } catch (error) {
      await database.close();
      throw error;
    }
    const faults = createFaults(Math.random);
    const deliveries = createDeliveries({ database, clock });
    return {
      verifyToken: verifyKey(config.DATA_PLATFORM_KEY),
      routes: [
        ...deliveryRoutes({ receive: receiveOrder({ deliveries, faults }), deliveries }),
        ...faultRoutes(faults, { allowed: config.DATA_PLATFORM_FAULTS === 'allowed' }),
      ],
      readiness: { database: () => database.ping(), schema: () => database.assertMigrated() },
      close: () => database.close(),
    };
  },
};
