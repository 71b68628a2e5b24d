import { type ComposeService, composeFile } from './compose-file.ts';

/** A container that runs a program of ours. */
export interface AppContainer {
  readonly name: string;
  readonly service: ComposeService;
  /** The file that is started. */
  readonly program: string;
  /** What `--parts` says. */
  readonly parts: readonly string[];
}

const ourImage = 'onsale/onsale:';

/** Every container made of our image. */
export const appContainers: readonly AppContainer[] = Object.entries(composeFile.services)
  .filter(([, service]) => service.image.startsWith(ourImage))
  .map(([name, service]) => {
    const [program = '', flag, parts = ''] = service.command ?? [];
    return { name, service, program, parts: flag === '--parts' ? parts.split(',') : [] };
  });

/** The service of the inventory that a container runs, or undefined for a command. */
export const inventoryNameOf = ({ program }: AppContainer): string | undefined =>
  /^services\/([^/]+)\/src\/main\.ts$/.exec(program)?.[1];
