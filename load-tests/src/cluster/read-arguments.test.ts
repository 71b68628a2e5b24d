import { describe, expect, test } from '@jest/globals';
import { readArguments } from './read-arguments.ts';

const read = (line: string) => readArguments(line.split(' '));

describe('the command line of the load', () => {
  test('has defaults for everything', () => {
    expect(read('drop --in-cluster')).toMatchObject({
      kind: 'drop',
      namespace: 'onsale',
      release: 'onsale',
      speed: 1,
      keep: false,
      image: 'grafana/k6:1',
    });
    expect(read('steady --in-cluster')).toMatchObject({ rate: 60, seconds: 180, mix: 'browse', maxFailed: 0 });
    expect(read('peak --in-cluster')).toMatchObject({ seconds: 20 });
  });

  test('says which cluster, release and rate', () => {
    const line =
      'steady --in-cluster --namespace f-1 --release shop --context kind-dev --kubeconfig k.yaml --influxdb none --node worker --rate 25 --duration 3m --mix orders --max-failed 2 --keep';
    expect(read(line)).toMatchObject({
      kind: 'steady',
      namespace: 'f-1',
      release: 'shop',
      context: 'kind-dev',
      kubeconfig: 'k.yaml',
      influxdb: 'none',
      node: 'worker',
      rate: 25,
      seconds: 180,
      mix: 'orders',
      maxFailed: 2,
      keep: true,
    });
  });

  test.each([
    ['drop', '--in-cluster is needed'],
    ['--in-cluster', 'the load must be drop or steady or peak'],
    ['crowd --in-cluster', 'the load must be'],
    ['drop peak --in-cluster', 'the load must be'],
    ['drop --in-cluster --speed fast', '--speed must be a number'],
    ['steady --in-cluster --rate 0', '--rate must be'],
    ['steady --in-cluster --duration 1h', '--duration must be'],
    ['steady --in-cluster --mix all', '--mix must be browse or orders'],
    ['drop --in-cluster --nodes 3', 'nodes'],
  ])('%j is refused with the usage', (line, reason) => {
    expect(() => read(line)).toThrow(reason);
    expect(() => read(line)).toThrow('usage: npm run load');
  });
});
