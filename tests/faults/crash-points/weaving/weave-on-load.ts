import { realpathSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { weave } from './weave.ts';
import { weavingsByFile } from './weavings.ts';

const root = new URL('../../../../', import.meta.url);

/** As the loader names it: packages may be linked from elsewhere. */
const urlOf = (file: string): string => pathToFileURL(realpathSync(fileURLToPath(new URL(file, root)))).href;

/** From now on, modules of this repository are loaded with the crash points in them. */
export function weaveOnLoad(): void {
  const byUrl = new Map([...weavingsByFile].map(([file, weavings]) => [urlOf(file), weavings]));
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
