import type { Redis } from 'ioredis';

/** The answers of all commands of a pipeline. @throws the first error among them */
export async function pipelineAnswers(pipeline: ReturnType<Redis['pipeline']>): Promise<unknown[]> {
  const results = (await pipeline.exec()) ?? [];
  return results.map(([error, answer]) => {
    if (error !== null) throw error;
    return answer;
  });
}
