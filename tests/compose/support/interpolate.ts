/**
 * Replaces `${NAME:-otherwise}` in every text of a document, as Compose does once it has read the YAML. Nothing else of
 * its interpolation is used.
 * @throws Error for a dollar sign that is anything else, which Compose would replace with nothing
 */
export function interpolate(value: unknown, environment: Readonly<Record<string, string>>): unknown {
  if (typeof value === 'string') return interpolateText(value, environment);
  if (Array.isArray(value)) return value.map((item: unknown) => interpolate(item, environment));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, interpolate(inner, environment)]));
}

function interpolateText(text: string, environment: Readonly<Record<string, string>>): string {
  const replaced = text.replaceAll(
    /\$\{([A-Z_]+):-([^}]*)\}/g,
    (_whole, name: string, otherwise: string) => environment[name] || otherwise,
  );
  if (replaced.includes('$')) throw new Error(`only \${NAME:-otherwise} may be interpolated: ${text}`);
  return replaced;
}
