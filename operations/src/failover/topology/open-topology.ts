import { apiServerUrl, openKubernetesApi } from '@onsale/platform/kubernetes';
import type { FailoverConfig } from '../failover-config.ts';
import { configMap } from './config-map.ts';
import { primaryFile } from './primary-file.ts';
import type { Topology } from './topology.ts';

const apiTimeoutMs = 10_000;

/** The place that the configuration names. @throws ConfigError when it is a ConfigMap, and this is no cluster */
export function openTopology(config: FailoverConfig): Topology {
  const { FAILOVER_PRIMARY_FILE: file, FAILOVER_CONFIG_MAP: name = '', FAILOVER_NAMESPACE: namespace = '' } = config;
  if (file !== undefined) return primaryFile(file);
  const api = openKubernetesApi({
    url: apiServerUrl(config, 'FAILOVER_CONFIG_MAP'),
    credentialsFolder: config.KUBERNETES_CREDENTIALS_FOLDER,
    timeoutMs: apiTimeoutMs,
  });
  return configMap({ api, namespace, name });
}
