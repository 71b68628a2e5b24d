import { expect, test } from '@jest/globals';
import { inventory } from '../../../../services/inventory.ts';
import { anchors } from './anchors.ts';
import { crashPoints } from './crash-points.ts';
import { flows } from './flows.ts';

test('every point has a name of its own, and services that there are', () => {
  const names = crashPoints.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  const services = new Set(inventory.map(({ name }) => name));
  expect(crashPoints.flatMap((point) => point.services.filter((service) => !services.has(service)))).toEqual([]);
});

test('every anchor is the spot of some flow', () => {
  const ownerless = anchors.filter(
    ({ step, of }) =>
      !flows.some(
        ({ name, steps, known }) => steps.includes(step) && (typeof of === 'string' ? of === name : known?.[of.by]),
      ),
  );
  expect(ownerless).toEqual([]);
});

test('a point is told from all others by what the code there says', () => {
  const said = crashPoints.map(({ step, subject, services }) => `${step} of ${subject} in ${services}`);
  expect(new Set(said).size).toBe(said.length);
});

test('others wait from the first lock to what is done before it is let go', () => {
  const holding = crashPoints.filter(({ flow, holds }) => flow === 'points.charge' && holds).map(({ step }) => step);
  expect(holding[0]).toBe('lock had');
  expect(holding).toContain('COMMIT sent');
  expect(holding.at(-1)).toBe('redis told');
});
