import { expect, test } from '@jest/globals';
import { createReadiness } from './create-readiness.ts';

test('a check that hangs is not ready in time, and is not begun again before it ends', async () => {
  let begun = 0;
  const gate = Promise.withResolvers<void>();
  const hangs = () => {
    begun += 1;
    return gate.promise;
  };
  const readiness = createReadiness({ hangs, well: async () => undefined }, 20);
  for (let i = 0; i < 3; i += 1) {
    expect(await readiness()).toEqual({ ready: false, checks: { hangs: 'no answer within 20 ms', well: 'ok' } });
  }
  expect(begun).toBe(1);
  gate.resolve();
  await gate.promise;
  await new Promise((resolve) => setImmediate(resolve));
  expect((await readiness()).ready).toBe(true);
});

test('those who ask at once share one answer', async () => {
  let asked = 0;
  const check = async () => {
    asked += 1;
  };
  const readiness = createReadiness({ check }, 100);
  await Promise.all([readiness(), readiness(), readiness()]);
  expect(asked).toBe(1);
});
