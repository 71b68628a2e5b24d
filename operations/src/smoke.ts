import { loadConfig } from '@onsale/platform/service';
import { exitCodes } from './command-line/exit-codes.ts';
import { runMain } from './command-line/run-main.ts';
import { askAt } from './smoke/ask.ts';
import { buyingChecks } from './smoke/buying-checks.ts';
import { lookingChecks } from './smoke/looking-checks.ts';
import { runChecks } from './smoke/run-checks.ts';
import { smokeConfig } from './smoke/smoke-config.ts';

await runMain('smoke', async (print) => {
  const config = loadConfig(smokeConfig, process.env);
  const { SMOKE_URL: url, SMOKE_ADMIN_EMAIL: email, SMOKE_ADMIN_PASSWORD: password } = config;
  const ask = askAt(url);
  const buying = email === undefined || password === undefined ? [] : buyingChecks(ask, { email, password });
  const looking = lookingChecks(ask);
  const failed = await runChecks([...looking.map((check) => [check]), buying], print);
  const checks = looking.length + buying.length;
  print(failed === 0 ? `all ${checks} checks passed` : `${failed} of ${checks} checks failed`);
  return failed === 0 ? exitCodes.done : exitCodes.broken;
});
