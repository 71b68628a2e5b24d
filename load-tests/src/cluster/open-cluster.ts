import {
  BatchV1Api,
  CoreV1Api,
  createConfiguration,
  HttpMethod,
  KubeConfig,
  NetworkingV1Api,
  RequestContext,
  ServerConfiguration,
} from '@kubernetes/client-node';
import { fetch } from 'undici';
import { SaleError } from '../sale/sale-error.ts';

/** A call to the API server that takes longer is given up. */
const callTimeoutMs = 20_000;

export interface ClusterAccess {
  readonly kubeconfig: string | undefined;
  readonly context: string | undefined;
  readonly namespace: string;
}

export interface LogOfPod {
  readonly pod: string;
  readonly container: string;
  /** Stays open for what is still to come. */
  readonly follow: boolean;
  readonly signal: AbortSignal;
}

/** One namespace of a cluster. */
export interface Cluster {
  readonly namespace: string;
  readonly core: CoreV1Api;
  readonly batch: BatchV1Api;
  readonly network: NetworkingV1Api;
  /** The pieces of a container's log as they come; rejects when the stream breaks or is refused. */
  log(of: LogOfPod): AsyncGenerator<Uint8Array>;
}

function configOf({ kubeconfig, context }: ClusterAccess): { config: KubeConfig; server: string } {
  const config = new KubeConfig();
  try {
    if (kubeconfig === undefined) config.loadFromDefault();
    else config.loadFromFile(kubeconfig);
  } catch (error) {
    throw new SaleError(`the kubeconfig cannot be read: ${error instanceof Error ? error.message : error}`);
  }
  if (context !== undefined) config.setCurrentContext(context);
  const server = config.getCurrentCluster()?.server;
  if (server === undefined)
    throw new SaleError(`the kubeconfig has no cluster for ${context ?? 'its current context'}`);
  return { config, server };
}

/** Opens a namespace of the cluster that a kubeconfig names. @throws SaleError when there is none */
export function openCluster(access: ClusterAccess): Cluster {
  const { namespace } = access;
  const { config, server } = configOf(access);
  const configuration = createConfiguration({
    baseServer: new ServerConfiguration(server, {}),
    authMethods: { default: config },
    promiseMiddleware: [
      {
        async pre(request) {
          request.setSignal(AbortSignal.timeout(callTimeoutMs));
          return request;
        },
        post: async (response) => response,
      },
    ],
  });

  async function* log({ pod, container, follow, signal }: LogOfPod): AsyncGenerator<Uint8Array> {
    const url = new URL(`${server}/api/v1/namespaces/${namespace}/pods/${pod}/log`);
    url.search = new URLSearchParams({ container, follow: String(follow) }).toString();
    const request = new RequestContext(url.href, HttpMethod.GET);
    await config.applySecurityAuthentication(request);
    const dispatcher = request.getDispatcher();
    const bounded = follow ? signal : AbortSignal.any([signal, AbortSignal.timeout(callTimeoutMs * 3)]);
    const answer = await fetch(url, {
      headers: request.getHeaders(),
      signal: bounded,
      ...(dispatcher && { dispatcher }),
    });
    if (!answer.ok || !answer.body) throw new Error(`the log of ${pod} was answered ${answer.status}`);
    yield* answer.body;
  }

  return {
    namespace,
    core: new CoreV1Api(configuration),
    batch: new BatchV1Api(configuration),
    network: new NetworkingV1Api(configuration),
    log,
  };
}
