// Plays the drop inside k6, by the same rules as the sale: src/sale/play.ts is shared. Every player has its share of the
// buyers, by number, and each buyer's requests have their times; nobody waits for anybody.
import { instance, vu } from 'k6/execution';
import type { Buyer } from '../src/sale/buyer.ts';
import type { LogLine } from '../src/sale/log-line.ts';
import { play } from '../src/sale/play.ts';
import { type Credentials, createScarceProduct, logIn, stockOf } from '../src/sale/prepare.ts';
import type { Scenario } from '../src/scenario/scenario.ts';
import { checkSeed } from './check-seed.ts';
import { gatewayClient } from './gateway-client.ts';
import { orTell } from './or-tell.ts';
import { readBuyers } from './read-buyers.ts';
import { readData } from './read-data.ts';
import { setting } from './setting.ts';
import { tell } from './tell.ts';

interface Login extends Credentials {
  readonly buyer: number;
}

interface Prepared {
  readonly scarceId: string;
  readonly tokens: readonly (readonly [number, string])[];
}

const players = Number(setting('PLAYERS'));
const client = gatewayClient(setting('GATEWAY_URL'));
const scenario = readData<Scenario>('scenario.json');
const logins = readData<readonly Login[]>('logins.json');
const buyers = readBuyers();

export const options = {
  scenarios: { drop: { executor: 'per-vu-iterations', exec: 'drop', vus: players, iterations: 1, maxDuration: '30m' } },
  setupTimeout: '3m',
  teardownTimeout: '2m',
  // How many idle connections a player keeps.
  batch: 256,
  batchPerHost: 256,
  systemTags: ['status', 'method', 'name', 'scenario', 'error_code', 'expected_response'],
};

const admin = () => ({ email: setting('ADMIN_EMAIL'), password: setting('ADMIN_PASSWORD') });
const orders = scenario.steps.flatMap((step) => (step.kind === 'order' ? step.items : []));

export function setup(): Promise<Prepared> {
  return orTell(async () => {
    const [someone] = logins;
    const wanted = orders.find(([product]) => product.startsWith('product-'))?.[0];
    if (someone && wanted) await checkSeed(client, wanted, { email: someone.email, password: someone.password });
    const scarceId = await createScarceProduct(client, { admin: admin() }, scenario);
    tell({ told: 'scarce', productId: scarceId });
    const tokens: [number, string][] = [];
    for (const login of logins) tokens.push([login.buyer, await logIn(client, login)]);
    return { scarceId, tokens };
  });
}

/** Who a player plays: its share by number, those who logged in with the token that they were given. */
function sharedOut(player: number, { tokens }: Prepared): (number: number) => Buyer | undefined {
  const given = new Map(tokens);
  return (number) => {
    const buyer = number % players === player ? buyers.get(number) : undefined;
    return buyer && { ...buyer, token: given.get(number) ?? buyer.token };
  };
}

export async function drop(prepared: Prepared): Promise<void> {
  const player = vu.idInTest - 1;
  let attempts = 0;
  const tellAttempt = (line: LogLine, lateMs: number, wait: { retryAfterMs?: number }) => {
    tell({ told: 'attempt', player, number: attempts, line, lateMs, ...wait });
    attempts++;
  };
  const { unresolved, durationMs } = await play({
    scenario,
    client,
    run: setting('RUN'),
    scarceId: prepared.scarceId,
    speed: Number(setting('SPEED')),
    buyerOf: sharedOut(player, prepared),
    now: () => instance.currentTestRunDuration,
    random: Math.random,
    attempted: ({ retryAfterMs }, { dueMs, sentMs }, line) =>
      tellAttempt(line, sentMs - dueMs, retryAfterMs === undefined ? {} : { retryAfterMs }),
    stepDone: () => undefined,
  });
  tell({ told: 'played', player, attempts, unresolved, durationMs });
}

export function teardown({ scarceId }: Prepared): Promise<void> {
  return orTell(async () => tell({ told: 'stock', left: await stockOf(client, scarceId) }));
}

/** k6's own summary would only stand in the way. */
export function handleSummary(): Record<string, string> {
  return {};
}
