import { chargeAnswer, orderAnswer } from './answer-shapes.ts';
import type { KeyStory } from './key-story.ts';

/** The id of the order or entry that the client was told of; absent when it got no (proper) answer. */
export function effectIdOf({ kind, answer }: Pick<KeyStory, 'kind' | 'answer'>): string | undefined {
  return kind === 'charge' ? chargeAnswer.safeParse(answer).data?.entryId : orderAnswer.safeParse(answer).data?.id;
}
