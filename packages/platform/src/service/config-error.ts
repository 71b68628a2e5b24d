/** A configuration that cannot be started with; the message is one line: the variable and the rule. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}
