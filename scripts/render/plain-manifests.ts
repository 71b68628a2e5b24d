import { type Document, isMap, isScalar, isSeq, parseAllDocuments, visit, type YAMLMap } from 'yaml';
import { renderMasked } from './scenarios.ts';

const sources = [
  { file: 'data-services.yaml', release: 'data', chart: 'charts/onsale-infra-lite', args: [] },
  {
    file: 'application.yaml',
    release: 'onsale',
    chart: 'charts/onsale',
    args: ['--values', 'charts/onsale/scenarios/lite/values.yaml'],
  },
];

const namespaceVariables = new Set<unknown>(['LEASE_NAMESPACE', 'FAILOVER_NAMESPACE']);

/** The files of k8s/plain that are rendered, by name: the lite profile without Secrets, for `kubectl apply -k`. */
export async function renderPlainManifests(): Promise<Record<string, string>> {
  const files = await Promise.all(
    sources.map(async ({ file, release, chart, args }) => {
      const text = await renderMasked(release, chart, args);
      const header = `# Rendered by \`npm run render\` from ${chart}; do not edit. Its Secrets are made by secrets.sh.\n`;
      return [file, header + toPlain(text)] as const;
    }),
  );
  return Object.fromEntries(files);
}

/** Without Secrets, tests and all that is Helm's; in whatever namespace it is applied to. */
export function toPlain(rendered: string): string {
  return parseAllDocuments(rendered)
    .flatMap((document) => {
      const { contents } = document;
      if (!isMap(contents) || document.get('kind') === 'Secret') return [];
      if (document.getIn(['metadata', 'annotations', 'helm.sh/hook']) !== undefined) return [];
      withoutHelm(document);
      return [document.toString({ lineWidth: 0, flowCollectionPadding: true })];
    })
    .map((text) => (text.startsWith('---') ? text : `---\n${text}`))
    .join('');
}

function withoutHelm(document: Document): void {
  document.deleteIn(['metadata', 'namespace']);
  visit(document, {
    Map(_, map) {
      map.delete('helm.sh/chart');
      map.delete('helm.sh/resource-policy');
      if (map.get('app.kubernetes.io/managed-by') === 'Helm') map.set('app.kubernetes.io/managed-by', 'kubectl');
      if (namespaceVariables.has(map.get('name'))) fromField(document, map);
      for (const pair of [...map.items]) {
        if (
          isScalar(pair.key) &&
          pair.key.value === 'annotations' &&
          isMap(pair.value) &&
          pair.value.items.length === 0
        ) {
          map.delete(pair.key);
        }
      }
    },
  });
  const subjects = document.get('subjects');
  if (!isSeq(subjects)) return;
  // Kustomize gives them the namespace of the account that is made here, once they have none of their own.
  for (const subject of subjects.items) if (isMap(subject)) subject.delete('namespace');
}

/** The pod's own namespace, whichever that is. */
function fromField(document: Document, variable: YAMLMap): void {
  variable.delete('value');
  variable.set('valueFrom', document.createNode({ fieldRef: { fieldPath: 'metadata.namespace' } }));
}
