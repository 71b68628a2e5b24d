import { describe, expect, test } from '@jest/globals';
import { candidatePorts, parseEphemeralRange } from './candidate-ports.ts';

describe('candidate ports', () => {
  test('the kernel writes its range with a tab', () => {
    expect(parseEphemeralRange('32768\t60999\n')).toEqual({ from: 32_768, to: 60_999 });
  });

  test('each once, from the start that chance gave, round the end', () => {
    const ports = [...candidatePorts({ from: 32_768, to: 60_999 }, () => 21_999)];
    expect(ports.slice(0, 3)).toEqual([31_999, 10_000, 10_001]);
    expect(new Set(ports).size).toBe(22_000);
  });

  test('never one that the kernel may give to an outgoing connection', () => {
    const ports = [...candidatePorts({ from: 15_000, to: 65_535 }, () => 0)];
    expect(Math.max(...ports)).toBe(14_999);
  });
});
