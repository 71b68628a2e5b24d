export { type ConfigMap, type ConfigMapEntries, openConfigMap } from './config-map.ts';
export { type KubernetesApi, openKubernetesApi } from './kubernetes-api.ts';
export { apiServerUrl, type KubernetesConfig, kubernetesConfig, namespaceName } from './kubernetes-config.ts';
export { KubernetesError } from './kubernetes-error.ts';
