import type { Anchor } from './anchor.ts';

const CHARGE_POINTS = 'services/point/src/usecases/charge-points.ts';

const anchor = (step: string, place: Anchor['place'], text: string, detail: string): Anchor => ({
  step,
  file: CHARGE_POINTS,
  text,
  place,
  of: 'points.charge',
  detail,
});

/** The steps of a charge. */
export const chargeAnchors: readonly Anchor[] = [
  anchor('received', 'before', 'let posted: readonly PostedAccount[] = [];', 'charge.userId'),
  anchor('lock had', 'before', 'const answer = await run();', 'charge.userId'),
  {
    step: 'account locked',
    file: 'services/point/src/persistence/post-entries.ts',
    text: 'const posted = runningBalances(entries, locked);',
    place: 'before',
    of: { by: 'transaction', expression: 'tx.name' },
    detail: "[...locked.keys()].join(' ')",
  },
  anchor('points posted', 'before', 'await writeOutbox(tx, events);', 'userId'),
  anchor('outbox written', 'after', 'await writeOutbox(tx, events);', 'userId'),
  anchor(
    'redis told',
    'after',
    'ports.recentWrites.remember([charge.userId], answer.gtid),\n          ]);',
    'charge.userId',
  ),
];
