/** A variable that the script cannot do without. */
export function setting(name: string): string {
  const value = __ENV[name];
  if (!value) throw new Error(`${name} is missing`);
  return value;
}
