import { registerHooks } from 'node:module';
import { weave } from './weave.ts';
import { weavingsByFile } from './weavings.ts';

const root = new URL('../../../../', import.meta.url);

/** From now on, modules of this repository are loaded with the crash points in them. */
export function weaveOnLoad(): void {
  const byUrl = new Map([...weavingsByFile].map(([file, weavings]) => [new URL(file, root).href, weavings]));
  registerHooks({
    load(url, context, nextLoad) {
      const loaded = nextLoad(url, context);
      const weavings = byUrl.get(url);
      if (weavings === undefined) return loaded;
      return { ...loaded, source: weave(textOf(loaded.source), weavings) };
    },
  });
}

function textOf(source: string | ArrayBuffer | NodeJS.TypedArray | null | undefined): string {
  if (typeof source === 'string') return source;
  if (source == null) throw new Error('a module was loaded without its source');
  return new TextDecoder().decode(source);
}
