import { provisionServer } from '@onsale/platform/provisioning';
import { loadConfig } from '@onsale/platform/service';
import { exitCodes } from './command-line/exit-codes.ts';
import { runMain } from './command-line/run-main.ts';
import { provisionConfig } from './provision/provision-config.ts';
import { readPasswords } from './provision/read-passwords.ts';

await runMain('provision', async (report) => {
  const config = loadConfig(provisionConfig, process.env);
  await provisionServer({
    server: {
      host: config.PROVISION_MYSQL_HOST,
      port: config.PROVISION_MYSQL_PORT,
      caFile: config.PROVISION_MYSQL_CA_FILE,
    },
    admin: { user: config.PROVISION_MYSQL_USER, password: config.PROVISION_MYSQL_PASSWORD },
    schemas: config.PROVISION_SCHEMAS,
    readers: config.PROVISION_READERS,
    accountHost: config.PROVISION_ACCOUNT_HOST,
    requireTls: config.PROVISION_REQUIRE_TLS,
    passwordOf: readPasswords(config),
    waitSeconds: config.PROVISION_WAIT_SECONDS,
    report,
  });
  return exitCodes.done;
});
