/** `event-name` is `eventName`. */
export function camelCased(name: string): string {
  return name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

/** The prop that a component gets for a listener: `click` is `onClick`, `update:model-value` is `onUpdate:modelValue`. */
export function listenerName(event: string): string {
  const name = camelCased(event);
  return `on${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}
