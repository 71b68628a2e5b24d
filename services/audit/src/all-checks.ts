import { balanceEvents } from './checks/balance-events.ts';
import type { Check } from './checks/check.ts';
import { clientLog } from './checks/client-log.ts';
import { dataPlatform } from './checks/data-platform.ts';
import { eventsDelivered } from './checks/events-delivered.ts';
import { eventsHandled } from './checks/events-handled.ts';
import { ledgerBalance } from './checks/ledger-balance.ts';
import { ledgerChain } from './checks/ledger-chain.ts';
import { oneEffectPerKey } from './checks/one-effect-per-key.ts';
import { orderEvents } from './checks/order-events.ts';
import { orderPaid } from './checks/order-paid.ts';
import { orderTotals } from './checks/order-totals.ts';
import { orderUsers } from './checks/order-users.ts';
import { outboxDelivered } from './checks/outbox-delivered.ts';
import { ranking } from './checks/ranking.ts';
import { sessions } from './checks/sessions.ts';
import { snapshots } from './checks/snapshots.ts';
import { statistics } from './checks/statistics.ts';
import { stock } from './checks/stock.ts';

/** Every promise that the audit recomputes, in the order it is reported. */
export const allChecks: readonly Check[] = [
  stock,
  orderTotals,
  orderPaid,
  ledgerBalance,
  ledgerChain,
  oneEffectPerKey,
  orderEvents,
  balanceEvents,
  outboxDelivered,
  eventsDelivered,
  eventsHandled,
  statistics,
  ranking,
  snapshots,
  dataPlatform,
  orderUsers,
  sessions,
  clientLog,
];
