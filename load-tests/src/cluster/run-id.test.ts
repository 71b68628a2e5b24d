import { expect, test } from '@jest/globals';
import { runId } from './run-id.ts';

test('a run is named so that Kubernetes takes it for a label', () => {
  expect(runId(new Date('2026-06-01T02:03:04.567Z'), () => 0)).toBe('20260601-020304-0000');
  expect(runId(new Date('2026-06-01T02:03:04.567Z'), () => 0.9999999)).toBe('20260601-020304-zzzz');
});
