import { describe, expect, test } from '@jest/globals';
import { createLogger } from './create-logger.ts';

function logged(log: (logger: ReturnType<typeof createLogger>) => void): Record<string, unknown> {
  const lines: string[] = [];
  log(createLogger({ name: 'test', level: 'info', destination: { write: (line) => void lines.push(line) } }));
  return JSON.parse(lines[0] ?? '{}');
}

describe('a log line', () => {
  test('is JSON with its level by name and its time in RFC 3339', () => {
    const line = logged((log) => log.info({ orderId: 'o1' }, 'placed'));
    expect(line).toMatchObject({ level: 'info', name: 'test', orderId: 'o1', msg: 'placed' });
    expect(line.time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  });

  const secrets: object[] = [
    { authorization: 'hush' },
    { headers: { Authorization: 'hush', Cookie: 'hush', 'set-cookie': ['hush'] } },
    { body: { user: { password: 'hush', passwordHash: 'hush' } } },
    { accessToken: 'hush', refresh_token: 'hush', tokens: ['hush'] },
    { list: [{ clientSecret: 'hush' }, { a: [{ token: 'hush' }] }] },
    { config: { DB_PASSWORD: 'hush', DB_MIGRATION_PASSWORD: 'hush' } },
    { err: Object.assign(new Error('x'), { config: { headers: { authorization: 'hush' } } }) },
  ];
  test.each(secrets)('shows no secret: %j', (fields) => {
    const line = JSON.stringify(logged((log) => log.info(fields, 'x')));
    expect(line).not.toContain('hush');
    expect(line).toContain('[redacted]');
  });

  test('leaves what it was given as it was', () => {
    const fields = { user: { password: 'hush', name: 'n' } };
    expect(logged((log) => log.info(fields))).toMatchObject({ user: { password: '[redacted]', name: 'n' } });
    expect(fields.user.password).toBe('hush');
  });

  test('survives what holds itself', () => {
    const fields: Record<string, unknown> = { name: 'n' };
    fields.self = fields;
    expect(logged((log) => log.info(fields, 'x')).msg).toBe('x');
  });

  test('carries an error with its stack', () => {
    const line = logged((log) => log.error({ err: new Error('broken') }, 'x'));
    expect(line.err).toMatchObject({
      type: 'Error',
      message: 'broken',
      stack: expect.stringContaining('create-logger.test'),
    });
  });
});
