import type { Manifests } from './manifests.ts';
import { ofApplication } from './workload-pods.ts';

const program = /^services\/([a-z-]+)\/src\/main\.ts$/;

/** The parts that the Deployments run, by service, sorted; a part that runs in two of them is there twice. */
export function partsByService(manifests: Manifests): Record<string, string[]> {
  const parts: Record<string, string[]> = {};
  for (const { owner, template } of ofApplication(manifests.pods)) {
    if (owner.kind !== 'Deployment') continue;
    for (const { args = [] } of template.spec.containers) {
      const service = program.exec(args[0] ?? '')?.[1];
      if (service === undefined) throw new Error(`${owner.metadata.name} starts ${args[0]}, which is no service`);
      parts[service] = [...(parts[service] ?? []), ...(args[2]?.split(',') ?? [])].sort();
    }
  }
  return parts;
}
