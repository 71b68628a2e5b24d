import type { Damage } from './damage.ts';
import { outboxDamages } from './outbox-damages.ts';
import { outsideDamages } from './outside-damages.ts';
import { peopleDamages } from './people-damages.ts';
import { statisticsDamages } from './statistics-damages.ts';
import { tableDamages } from './table-damages.ts';
import { topicDamages } from './topic-damages.ts';

/** All of them, in the order of their checks. */
export const damages: readonly Damage[] = [
  ...tableDamages,
  ...outboxDamages,
  ...topicDamages,
  ...statisticsDamages,
  ...outsideDamages,
  ...peopleDamages,
];
