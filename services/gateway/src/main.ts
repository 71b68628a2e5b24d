import { run } from '@onsale/platform/service';
import { gatewayService } from './service.ts';

await run(gatewayService);
