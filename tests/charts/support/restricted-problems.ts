import type { Container } from './pod-spec.ts';
import { containersOf, type Pod } from './pods-of.ts';

type Rule = (pod: Pod, container: Container) => boolean;

const ofPod = (pod: Pod) => pod.template.spec;
const context = (pod: Pod, container: Container) => ({ ...ofPod(pod).securityContext, ...container.securityContext });

/** The Pod Security Standard `restricted`, rule by rule, and (the last two) what this project asks for besides. */
const rules: Readonly<Record<string, Rule>> = {
  'shares no namespace of the host': (pod) => {
    const { hostNetwork, hostPID, hostIPC } = ofPod(pod);
    return !hostNetwork && !hostPID && !hostIPC;
  },
  'mounts nothing of the host': (pod) => ofPod(pod).volumes.every(({ hostPath }) => hostPath === undefined),
  'has only volumes of the allowed kinds': (pod) => ofPod(pod).volumes.every(isAllowedVolume),
  'opens no port of the host': (_, { ports }) => ports.every((port) => !('hostPort' in port) || port.hostPort === 0),
  'is not privileged': (_, { securityContext }) => securityContext?.privileged !== true,
  'may not gain privileges': (_, { securityContext }) => securityContext?.allowPrivilegeEscalation === false,
  'does not run as root': (pod, container) => context(pod, container).runAsNonRoot === true,
  'names no root user': (pod, container) => context(pod, container).runAsUser !== 0,
  'drops all capabilities': (_, { securityContext }) => securityContext?.capabilities?.drop?.includes('ALL') === true,
  'adds no capability but one': (_, { securityContext }) =>
    (securityContext?.capabilities?.add ?? []).every((capability) => capability === 'NET_BIND_SERVICE'),
  'has a seccomp profile': (pod, container) =>
    ['RuntimeDefault', 'Localhost'].includes(context(pod, container).seccompProfile?.type ?? ''),
  'leaves SELinux, AppArmor, /proc and sysctls alone': (pod, container) =>
    !('procMount' in (container.securityContext ?? {})) && !ofPod(pod).securityContext?.sysctls?.length,
};

const kinds = [
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'persistentVolumeClaim',
  'projected',
  'secret',
];

function isAllowedVolume(volume: Readonly<Record<string, unknown>>): boolean {
  return Object.entries(volume).every(([key, value]) => key === 'name' || value === undefined || kinds.includes(key));
}

/** What keeps the pods out of a namespace that enforces `restricted`. */
export function restrictedProblems(pods: readonly Pod[]): string[] {
  return pods.flatMap((pod) =>
    containersOf(pod).flatMap((container) =>
      Object.entries(rules).flatMap(([rule, holds]) =>
        holds(pod, container) ? [] : [`${pod.of}, ${container.name}: it must be that it ${rule}`],
      ),
    ),
  );
}
