import { databaseConfig, openDatabase } from '@onsale/platform/database';
import { republishableDays, republishOutbox } from '@onsale/platform/messaging';
import { loadConfig } from '@onsale/platform/service';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import { z } from 'zod';
import { counted } from './command-line/counted.ts';
import { exitCodes } from './command-line/exit-codes.ts';
import { schemaEnvironment } from './command-line/find-environment.ts';
import { runMain } from './command-line/run-main.ts';
import { readArguments, usage } from './republish/read-arguments.ts';

await runMain('republish', async (print) => {
  const asked = readArguments(process.argv.slice(2));
  if (asked.help) {
    print(usage);
    return exitCodes.done;
  }
  const { schema, range, dryRun, topic } = asked;
  const config = loadConfig(z.object(databaseConfig), await schemaEnvironment(process.env, schema));
  const database = openDatabase({ config, log: pino({ level: 'silent' }), metrics: new Registry() });
  try {
    const events = await republishOutbox(database, range, { dryRun, ...(topic === undefined ? {} : { topic }) });
    const what = `${counted(events, 'event')} of ${config.DB_NAME}`;
    print(dryRun ? `${what} would be sent again` : `${what} will be sent again by the relay, the oldest first`);
    if (events === 0) print(`those that happened more than ${republishableDays} days ago are not looked at`);
    return events === 0 ? exitCodes.nothingMatched : exitCodes.done;
  } finally {
    await database.close();
  }
});
