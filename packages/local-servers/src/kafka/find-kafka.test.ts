import { expect, test } from '@jest/globals';
import { javaMajor } from './find-kafka.ts';

test.each([
  ['openjdk version "17.0.15" 2025-04-15', 17],
  ['openjdk version "21" 2023-09-19', 21],
  ['java version "1.8.0_391"', 8],
  ['Picked up JAVA_TOOL_OPTIONS: -Xmx1g\nopenjdk version "25.0.1" 2025-10-21', 25],
  ['nothing', 0],
])('%s', (answer, major) => {
  expect(javaMajor(answer)).toBe(major);
});
