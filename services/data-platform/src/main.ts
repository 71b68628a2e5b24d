import { run } from '@onsale/platform/service';
import { dataPlatformService } from './service.ts';

await run(dataPlatformService);
