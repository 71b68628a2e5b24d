import { topics } from '@onsale/contracts';
import { awaitBrokers, ensureTopics, openKafka } from '@onsale/platform/messaging';
import { loadConfig } from '@onsale/platform/service';
import { topicsToCreate } from '@onsale/platform/stores';
import { pino } from 'pino';
import { counted } from './command-line/counted.ts';
import { exitCodes } from './command-line/exit-codes.ts';
import { kafkaEnvironment } from './command-line/find-environment.ts';
import { runMain } from './command-line/run-main.ts';
import { topicsConfig } from './topics/topics-config.ts';

await runMain('topics', async (report) => {
  const config = loadConfig(topicsConfig, await kafkaEnvironment(process.env));
  const kafka = openKafka(config, pino({ level: 'silent' }));
  await awaitBrokers(kafka, {
    atLeast: config.KAFKA_TOPIC_REPLICATION,
    waitSeconds: config.TOPICS_WAIT_SECONDS,
    report,
  });
  const wanted = topicsToCreate(topics, config);
  const created = new Set(await ensureTopics(kafka, wanted));
  for (const { name, partitions, replication } of wanted) {
    if (!created.has(name)) continue;
    report(
      `created ${kafka.nameOf(name)}: ${counted(partitions, 'partition')}, ${counted(replication, 'copy', 'copies')} each`,
    );
  }
  report(`${wanted.length} topics, ${created.size} of them new`);
  return exitCodes.done;
});
// Clients of brokers that are away would go on trying.
process.exit();
