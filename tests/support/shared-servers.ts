import { z } from 'zod';

const endpoint = z.object({ host: z.string(), port: z.int() });

const servers = z.object({
  provisionUrl: z.url(),
  primary: endpoint,
  replica: endpoint,
  caFile: z.string(),
  admin: z.object({ user: z.string(), password: z.string() }),
  brokers: z.array(z.string()),
});

export type SharedServers = z.infer<typeof servers>;

/** The servers that the run's set-up started for all tests. Do not kill them: start servers of your own for that. */
export function sharedServers(): SharedServers {
  return servers.parse(JSON.parse(process.env.ONSALE_TEST_SERVERS ?? 'null'));
}
