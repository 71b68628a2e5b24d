import type { Sequelize } from 'sequelize';

/** Whether Sequelize 6.37.8, which does not tell by its types, would use the connection again. */
export function isSound(sequelize: Sequelize, connection: object): boolean {
  const manager: unknown = Reflect.get(sequelize, 'connectionManager');
  const validate: unknown =
    typeof manager === 'object' && manager !== null ? Reflect.get(manager, 'validate') : manager;
  if (typeof validate !== 'function') throw new Error('this Sequelize has no ConnectionManager.validate');
  return Boolean(Reflect.apply(validate, manager, [connection]));
}
