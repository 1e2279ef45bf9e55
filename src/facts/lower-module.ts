import { ts } from "ts-morph";
import type { Builder } from "./builder.ts";
import { lowerExpression } from "./lower-expression.ts";
import type { ExprId } from "./types.ts";

/** Imports are declared as bindings; what they lead to is resolved by `link`. */
export function lowerImport(b: Builder, node: ts.ImportDeclaration | ts.ImportEqualsDeclaration): void {
  if (ts.isImportEqualsDeclaration(node)) {
    const reference = node.moduleReference;
    if (!ts.isExternalModuleReference(reference) || !ts.isStringLiteralLike(reference.expression)) return;
    const index = addImport(b, reference.expression, node.isTypeOnly);
    b.declare(node.name, "import", { from: { import: index, name: "=" } });
    return;
  }
  if (!ts.isStringLiteralLike(node.moduleSpecifier)) return;
  const clause = node.importClause;
  const index = addImport(b, node.moduleSpecifier, clause?.phaseModifier === ts.SyntaxKind.TypeKeyword);
  if (clause === undefined) return;
  if (clause.name) b.declare(clause.name, "import", { from: { import: index, name: "default" } });
  const named = clause.namedBindings;
  if (named === undefined) return;
  if (ts.isNamespaceImport(named)) b.declare(named.name, "import", { from: { import: index, name: "*" } });
  else {
    for (const element of named.elements) {
      b.declare(element.name, "import", { from: { import: index, name: (element.propertyName ?? element.name).text } });
    }
  }
}

function addImport(b: Builder, specifier: ts.StringLiteralLike, typeOnly: boolean): number {
  b.imports.push({
    specifier: specifier.text,
    ...(typeOnly && { typeOnly: true }),
    s: b.start(specifier),
    e: specifier.end,
  });
  return b.imports.length - 1;
}

export function lowerExportDeclaration(b: Builder, node: ts.ExportDeclaration): void {
  const clause = node.exportClause;
  if (node.moduleSpecifier && ts.isStringLiteralLike(node.moduleSpecifier)) {
    const index = addImport(b, node.moduleSpecifier, node.isTypeOnly);
    if (clause === undefined) b.exports.push({ star: index });
    else if (ts.isNamespaceExport(clause)) b.exports.push({ n: clause.name.text, import: index, imported: "*" });
    else {
      for (const element of clause.elements) {
        b.exports.push({ n: element.name.text, import: index, imported: (element.propertyName ?? element.name).text });
      }
    }
    return;
  }
  if (clause === undefined || !ts.isNamedExports(clause)) return;
  for (const element of clause.elements) {
    const local = (element.propertyName ?? element.name).text;
    // A type and a value may share a name.
    for (const id of new Set([b.lookUp(local), b.lookUpType(local)])) {
      if (id !== undefined) b.exports.push({ n: element.name.text, b: id });
    }
  }
}

/** `export default …` and `export = …`. */
export function lowerExportAssignment(b: Builder, node: ts.ExportAssignment): void {
  const x = lowerExpression(b, node.expression);
  b.exports.push({ n: node.isExportEquals ? "=" : "default", x });
}

/** Exports by modifier; `x` is the declaration itself, for a default export without a name. */
export function noteExports(
  b: Builder,
  node:
    | ts.VariableStatement
    | ts.FunctionDeclaration
    | ts.ClassDeclaration
    | ts.EnumDeclaration
    | ts.InterfaceDeclaration
    | ts.TypeAliasDeclaration
    | ts.ModuleDeclaration,
  x?: ExprId,
): void {
  const modifiers = node.modifiers ?? [];
  if (!modifiers.some((m) => m.kind === ts.SyntaxKind.ExportKeyword)) return;
  if (modifiers.some((m) => m.kind === ts.SyntaxKind.DefaultKeyword)) {
    const id =
      node.kind !== ts.SyntaxKind.VariableStatement
        ? b.declared.get((node as ts.FunctionDeclaration).name as ts.Node)
        : undefined;
    if (id !== undefined) b.exports.push({ n: "default", b: id });
    else if (x !== undefined) b.exports.push({ n: "default", x });
    return;
  }
  if (ts.isVariableStatement(node)) {
    for (const declaration of node.declarationList.declarations) exportNames(b, declaration.name);
    return;
  }
  const id = node.name && b.declared.get(node.name);
  if (node.name && id !== undefined && !b.exports.some((e) => "b" in e && e.b === id))
    b.exports.push({ n: node.name.text, b: id });
}

function exportNames(b: Builder, name: ts.BindingName): void {
  if (ts.isIdentifier(name)) {
    const id = b.declared.get(name);
    if (id !== undefined) b.exports.push({ n: name.text, b: id });
    return;
  }
  for (const element of name.elements) if (!ts.isOmittedExpression(element)) exportNames(b, element.name);
}
