import { xmlText } from "./escape.ts";

type Attributes = Readonly<Record<string, string | number>>;

/** An element with its children, one a line; `text` is escaped. */
export interface XmlElement {
  readonly name: string;
  readonly attributes?: Attributes;
  readonly children?: readonly XmlElement[];
  readonly text?: string;
}

/** A document that ends with a line break. */
export function xmlDocument(root: XmlElement): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${printed(root, "")}`;
}

function printed({ name, attributes = {}, children = [], text }: XmlElement, indent: string): string {
  const told = Object.entries(attributes).map(([key, value]) => ` ${key}="${xmlText(String(value))}"`);
  const open = `${indent}<${name}${told.join("")}`;
  if (text !== undefined) return `${open}>${xmlText(text)}</${name}>\n`;
  if (children.length === 0) return `${open}/>\n`;
  return `${open}>\n${children.map((child) => printed(child, `${indent}  `)).join("")}${indent}</${name}>\n`;
}
