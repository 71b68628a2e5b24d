import { z } from 'zod';

const text = z.record(z.string(), z.string());
const keyRef = z.object({ name: z.string(), key: z.string(), optional: z.boolean().optional() });

const variable = z.object({
  name: z.string(),
  value: z.string().optional(),
  valueFrom: z
    .strictObject({
      secretKeyRef: keyRef.optional(),
      configMapKeyRef: keyRef.optional(),
      fieldRef: z.looseObject({ fieldPath: z.string() }).optional(),
      resourceFieldRef: z.looseObject({ resource: z.string() }).optional(),
    })
    .optional(),
});

const sourceOfAll = z.object({ name: z.string(), optional: z.boolean().optional() });

const mount = z.looseObject({ name: z.string(), mountPath: z.string(), subPath: z.string().optional() });

const securityContext = z.looseObject({
  runAsNonRoot: z.boolean().optional(),
  runAsUser: z.number().optional(),
  privileged: z.boolean().optional(),
  allowPrivilegeEscalation: z.boolean().optional(),
  readOnlyRootFilesystem: z.boolean().optional(),
  seccompProfile: z.looseObject({ type: z.string() }).optional(),
  sysctls: z.array(z.unknown()).optional(),
  capabilities: z.looseObject({ drop: z.array(z.string()).optional(), add: z.array(z.string()).optional() }).optional(),
});

const probe = z.looseObject({
  timeoutSeconds: z.number().optional(),
  periodSeconds: z.number().optional(),
  httpGet: z.looseObject({ port: z.union([z.string(), z.number()]), path: z.string() }).optional(),
});

const container = z.looseObject({
  name: z.string(),
  image: z.string(),
  command: z.array(z.string()).optional(),
  args: z.array(z.string()).optional(),
  env: z.array(variable).default([]),
  envFrom: z
    .array(
      z.looseObject({
        prefix: z.string().optional(),
        configMapRef: sourceOfAll.optional(),
        secretRef: sourceOfAll.optional(),
      }),
    )
    .nullish(),
  ports: z.array(z.looseObject({ name: z.string().optional(), containerPort: z.number() })).default([]),
  volumeMounts: z.array(mount).default([]),
  resources: z
    .looseObject({
      requests: z.record(z.string(), z.unknown()).optional(),
      limits: z.record(z.string(), z.unknown()).optional(),
    })
    .optional(),
  securityContext: securityContext.optional(),
  startupProbe: probe.optional(),
  livenessProbe: probe.optional(),
  readinessProbe: probe.optional(),
  lifecycle: z
    .looseObject({ preStop: z.looseObject({ sleep: z.looseObject({ seconds: z.number() }).optional() }).optional() })
    .optional(),
});

const items = z.array(z.looseObject({ key: z.string(), path: z.string() })).optional();
const secretSource = z.looseObject({ secretName: z.string(), items, optional: z.boolean().optional() });
const configMapSource = z.looseObject({ name: z.string(), items, optional: z.boolean().optional() });
const projected = z.looseObject({
  sources: z.array(
    z.looseObject({
      secret: z.looseObject({ name: z.string(), items, optional: z.boolean().optional() }).optional(),
      configMap: configMapSource.optional(),
    }),
  ),
});

const volume = z.looseObject({
  name: z.string(),
  secret: secretSource.optional(),
  configMap: configMapSource.optional(),
  projected: projected.optional(),
  emptyDir: z.looseObject({}).optional(),
  hostPath: z.looseObject({}).optional(),
});

/** What a pod is made from, as far as the tests look. */
export const podTemplate = z.looseObject({
  metadata: z
    .looseObject({ labels: text.default({}), annotations: text.default({}) })
    .default({ labels: {}, annotations: {} }),
  spec: z.looseObject({
    serviceAccountName: z.string().optional(),
    automountServiceAccountToken: z.boolean().optional(),
    hostNetwork: z.boolean().optional(),
    hostPID: z.boolean().optional(),
    hostIPC: z.boolean().optional(),
    imagePullSecrets: z.array(z.looseObject({ name: z.string() })).default([]),
    securityContext: securityContext.optional(),
    terminationGracePeriodSeconds: z.number().optional(),
    activeDeadlineSeconds: z.number().optional(),
    restartPolicy: z.string().optional(),
    topologySpreadConstraints: z
      .array(z.looseObject({ topologyKey: z.string(), whenUnsatisfiable: z.string() }))
      .default([]),
    initContainers: z.array(container).default([]),
    containers: z.array(container).min(1),
    volumes: z.array(volume).default([]),
  }),
});

export type PodTemplate = z.output<typeof podTemplate>;
export type Container = z.output<typeof container>;
export type Volume = z.output<typeof volume>;
export type SecurityContext = z.output<typeof securityContext>;
