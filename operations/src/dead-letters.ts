import { kafkaConfig, openKafka } from '@onsale/platform/messaging';
import { loadConfig } from '@onsale/platform/service';
import { pino } from 'pino';
import { z } from 'zod';
import { exitCodes } from './command-line/exit-codes.ts';
import { kafkaEnvironment } from './command-line/find-environment.ts';
import { runMain } from './command-line/run-main.ts';
import { readArguments, usage } from './dead-letters/read-arguments.ts';
import { runDeadLetters } from './dead-letters/run-dead-letters.ts';

await runMain('dead-letters', async (print) => {
  const asked = readArguments(process.argv.slice(2));
  if (asked.command === 'help') {
    print(usage);
    return exitCodes.done;
  }
  const config = loadConfig(z.object(kafkaConfig), await kafkaEnvironment(process.env));
  return runDeadLetters(openKafka(config, pino({ level: 'silent' })), asked, print);
});
// Clients of brokers that are away would go on trying.
process.exit();
