/** Whether a specifier is a package or a path in it. */
export function matchesPackage(specifier: string, name: string): boolean {
  return specifier === name || specifier.startsWith(`${name}/`);
}
