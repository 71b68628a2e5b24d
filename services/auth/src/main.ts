import { run } from '@onsale/platform/service';
import { authService } from './service.ts';

await run(authService);
