import { expect, test } from '@jest/globals';
import { latestIn } from './latest-gtid.ts';

const one = '3e11fa47-71ca-11e1-9e33-c80aa9429562';
const other = '4c22fa47-71ca-11e1-9e33-c80aa9429562';

test.each([
  ['', undefined],
  [`${other}:1-9`, undefined],
  [`${one}:7`, 7],
  [`${one}:1-5:7-11,\n${other}:1-99`, 11],
  [`${other}:1-99,\n${one}:1-5`, 5],
])('the latest of a source in %j', (gtids, number) => {
  expect(latestIn(gtids, one)).toBe(number && `${one}:${number}`);
});
