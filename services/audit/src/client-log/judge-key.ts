import { effectIdOf } from './effect-id.ts';
import { judgeEffect } from './judge-effect.ts';
import type { KeyState } from './key-state.ts';
import type { KeyStory } from './key-story.ts';

/** What the client knows of a key at the end. */
export type Resolution = 'answered' | 'refused' | 'unknown';

/** A 2xx is final; without one an attempt whose end is unknown leaves the key open, whatever was heard besides. */
export function resolutionOf(story: Pick<KeyStory, 'answer' | 'unknowns' | 'refusals'>): Resolution {
  if (story.answer !== undefined) return 'answered';
  return story.unknowns > 0 || story.refusals === 0 ? 'unknown' : 'refused';
}

function judgeAnswered(story: KeyStory, state: KeyState, answersKept: boolean): string[] {
  const problems: string[] = [];
  if (story.contradiction !== undefined) problems.push('two different 2xx answers under one key');
  if (story.refusedAfterAnswer !== undefined) {
    problems.push(`refused (${story.refusedAfterAnswer}) after it had been granted`);
  }
  if (state.reference === undefined) {
    if (answersKept) problems.push('a 2xx answer is not stored under its key');
    // Only the stored answer says which change it was: without it there is nothing to compare.
    if (story.kind === 'stock') return problems;
  } else if (story.kind !== 'stock' && state.reference !== effectIdOf(story)) {
    problems.push('the stored answer names another effect than the client was told of');
  }
  return [...problems, ...judgeEffect(story, state)];
}

/**
 * What is wrong with a key: nothing, when what the client was told and what the tables hold are one story.
 * `answersKept`: the key is young enough for its stored answer not to have been purged.
 */
export function judgeKey(story: KeyStory, state: KeyState, { answersKept }: { answersKept: boolean }): string[] {
  switch (resolutionOf(story)) {
    case 'answered':
      return judgeAnswered(story, state, answersKept);
    case 'refused':
      return state.reference === undefined ? [] : ['a refused request left an effect'];
    case 'unknown':
      return state.reference === undefined ? [] : judgeEffect(story, state);
  }
}
