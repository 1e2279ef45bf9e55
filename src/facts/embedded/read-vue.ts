import type { ElementNode, TemplateChildNode } from "@vue/compiler-dom";
import { vueCompiler } from "./parsers.ts";
import { finishReading, keepScript, startReading } from "./reading.ts";
import type { EmbeddedScript } from "./types.ts";
import { keepExpression, readVueAttributes, spanOf, staticAttribute, type VueReading } from "./vue-attributes.ts";

/** Reads a Vue component: its scripts, and its template where that is HTML (a Pug template is passed over). */
export function readVue(source: string): EmbeddedScript {
  const { parse, NodeTypes, ErrorCodes } = vueCompiler();
  const reading: VueReading = { ...startReading(source, "js"), isWellFormed: true, statementHandlers: new Set() };
  const found: { message: string; offset: number }[] = [];
  const root = parse(source, {
    parseMode: "sfc",
    comments: true,
    prefixIdentifiers: true, // Parses the expressions, so that one that is none is left out.
    expressionPlugins: ["typescript"],
    onError({ code, message, loc }) {
      if (code === ErrorCodes.X_MISSING_END_TAG) reading.isWellFormed = false;
      found.push({ message, offset: loc?.start.offset ?? 0 });
    },
    onWarn({ message, loc }) {
      found.push({ message, offset: loc?.start.offset ?? 0 });
    },
  });
  for (const node of root.children) {
    if (node.type === NodeTypes.COMMENT) readChildren(reading, [node]);
    else if (node.type === NodeTypes.ELEMENT && node.tag === "script") readScript(reading, node);
    else if (node.type === NodeTypes.ELEMENT && isHtmlTemplate(node)) readChildren(reading, node.children);
  }
  reading.errors.push(...found.filter(({ offset }) => !reading.statementHandlers.has(offset)));
  return finishReading(reading);
}

function readScript(reading: VueReading, node: ElementNode): void {
  const { start, end } = node.innerLoc ?? node.loc;
  keepScript(
    reading,
    { start: start.offset, end: node.isSelfClosing ? start.offset : end.offset },
    { lang: staticAttribute(node, "lang"), type: staticAttribute(node, "type"), src: staticAttribute(node, "src") },
  );
}

function isHtmlTemplate(node: ElementNode): boolean {
  return node.tag === "template" && (staticAttribute(node, "lang") ?? "html") === "html";
}

function readChildren(reading: VueReading, nodes: readonly TemplateChildNode[]): void {
  const { NodeTypes } = vueCompiler();
  /** Where the branch before ended, if `v-else` may go on from it. */
  let branchEnd: number | undefined;
  for (const node of nodes) {
    switch (node.type) {
      case NodeTypes.COMMENT:
        reading.comments.push({ text: node.content, ...spanOf(node) });
        break;
      case NodeTypes.INTERPOLATION:
        keepExpression(reading, node.content, {
          start: node.loc.start.offset + "{{".length,
          end: node.loc.end.offset - "}}".length,
        });
        branchEnd = undefined;
        break;
      case NodeTypes.ELEMENT:
        branchEnd = readElement(reading, node, branchEnd);
        break;
      default:
    }
  }
}

function readElement(reading: VueReading, node: ElementNode, branchEnd: number | undefined): number | undefined {
  const { attributes, branch } = readVueAttributes(reading, node, branchEnd);
  reading.elements.push({ tag: node.tag, ...spanOf(node), attributes });
  readChildren(reading, node.children);
  return branch;
}
