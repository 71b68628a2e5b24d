import { describe, expect, test } from '@jest/globals';
import { ApiException, type V1Pod } from '@kubernetes/client-node';
import { followPod } from './follow-pod.ts';

const running: V1Pod = { status: { containerStatuses: [] } };
const ended = (exitCode: number): V1Pod => ({
  status: {
    containerStatuses: [
      { name: 'k6', image: '', imageID: '', ready: false, restartCount: 0, state: { terminated: { exitCode } } },
    ],
  },
});

/** Streams of the log, each with its text and perhaps a break; then what is seen of the pod after each. */
async function follow(streams: readonly (string | Error)[][], pods: readonly (V1Pod | Error)[]) {
  const left = { streams: [...streams], pods: [...pods] };
  const readings: string[][] = [];
  const code = await followPod({
    cluster: {
      namespace: 'shop',
      core: {
        async readNamespacedPod() {
          const pod = left.pods.shift() ?? ended(0);
          if (pod instanceof Error) throw pod;
          return pod;
        },
      },
      async *log() {
        for (const piece of left.streams.shift() ?? []) {
          if (piece instanceof Error) throw piece;
          yield new TextEncoder().encode(piece);
        }
      },
    },
    pod: 'k6-1',
    container: 'k6',
    begin: () => readings.push([]),
    line: (line) => readings.at(-1)?.push(line),
    signal: new AbortController().signal,
  });
  return { code, readings };
}

describe('following a pod', () => {
  test('its whole log is read once more when it has ended', async () => {
    const { code, readings } = await follow([['a\nb'], ['a\nb\n']], [ended(3)]);
    expect(code).toBe(3);
    expect(readings).toEqual([['a'], ['a', 'b']]);
  });

  test('a stream that breaks, or closes too early, is read again from the beginning', async () => {
    const streams = [['a\n', new Error('reset')], ['a\nb\n'], ['a\nb\nc\n'], ['a\nb\nc\nd\n']];
    const { readings } = await follow(streams, [running, running, ended(0)]);
    expect(readings.map((lines) => lines.join(''))).toEqual(['a', 'ab', 'abc', 'abcd']);
  });

  test('an API server that does not answer for a moment is asked again', async () => {
    const { code } = await follow([['a\n']], [new TypeError('fetch failed'), ended(0)]);
    expect(code).toBe(0);
  });

  test('a pod that is gone ends it', async () => {
    const gone = new ApiException(404, 'Not Found', {}, {});
    await expect(follow([['a\n']], [gone])).rejects.toThrow('the pod k6-1 is missing');
  });
});
