import { tryExecute } from './tools/execute.ts';

const checks: Readonly<Record<string, readonly string[]>> = {
  docker: ['info', '--format', '{{.ServerVersion}}'],
  kind: ['version'],
  kubectl: ['version', '--client'],
  helm: ['version', '--short'],
  skaffold: ['version'],
};

/** The programs that the test needs and that are not there, or do not answer. */
export async function missingPrograms(): Promise<string[]> {
  const answers = await Promise.all(
    Object.entries(checks).map(async ([program, args]) => {
      const executed = await tryExecute(program, args, { timeoutMs: 20_000 }).catch(() => undefined);
      return executed?.code === 0 ? [] : [program === 'docker' ? 'a Docker engine that answers' : program];
    }),
  );
  return answers.flat();
}
