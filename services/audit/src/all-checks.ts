import { balanceEvents } from './checks/balance-events.ts';
import type { Check } from './checks/check.ts';
import { clientLog } from './checks/client-log.ts';
import { ledgerBalance } from './checks/ledger-balance.ts';
import { ledgerChain } from './checks/ledger-chain.ts';
import { oneEffectPerKey } from './checks/one-effect-per-key.ts';
import { orderEvents } from './checks/order-events.ts';
import { orderPaid } from './checks/order-paid.ts';
import { orderTotals } from './checks/order-totals.ts';
import { orderUsers } from './checks/order-users.ts';
import { outboxDelivered } from './checks/outbox-delivered.ts';
import { sessions } from './checks/sessions.ts';
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
  orderUsers,
  sessions,
  clientLog,
];
