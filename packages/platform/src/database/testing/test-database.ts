import { type FreshSchema, freshSchema } from '@onsale/tests/support';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import { z } from 'zod';
import type { Database } from '../database.ts';
import { databaseConfig } from '../database-config.ts';
import { type DatabaseOptions, openDatabase } from '../open-database.ts';

export interface TestDatabase {
  readonly database: Database;
  readonly schema: FreshSchema;
  readonly metrics: Registry;
  /** Another way to the same schema, as another process would have it. */
  again(env?: Record<string, string>, options?: Partial<DatabaseOptions<undefined>>): Database;
  close(): Promise<void>;
}

/** A migrated database in a schema of its own; `env` changes its configuration. */
export async function testDatabase(env: Record<string, string> = {}, given?: FreshSchema): Promise<TestDatabase> {
  const schema = given ?? (await freshSchema('platform'));
  const opened: Database[] = [];
  const open = (extra: Record<string, string>, options: Partial<DatabaseOptions<undefined>>) => {
    const config = z.object(databaseConfig).parse({ ...schema.env, ...extra });
    const database = openDatabase({ config, log: pino({ level: 'silent' }), metrics: new Registry(), ...options });
    opened.push(database);
    return database;
  };
  const metrics = new Registry();
  const database = open(env, { metrics });
  await database.migrate();
  return {
    database,
    schema,
    metrics,
    again: (extra = {}, options = {}) => open(extra, options),
    close: async () => {
      await Promise.all(opened.map((each) => each.close()));
      await schema.close();
    },
  };
}

/** The value of the first sample of that name with these labels; 0 when there is none. */
export async function sampleOf(metrics: Registry, name: string, labels: Record<string, string> = {}): Promise<number> {
  for (const metric of await metrics.getMetricsAsJSON()) {
    for (const { value, labels: given, ...sample } of metric.values) {
      if (String(Reflect.get(sample, 'metricName') ?? metric.name) !== name) continue;
      if (Object.entries(labels).every(([label, wanted]) => Reflect.get(given, label) === wanted)) return value;
    }
  }
  return 0;
}
