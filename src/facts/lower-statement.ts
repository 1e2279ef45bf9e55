import { ts } from "ts-morph";
import type { Builder } from "./builder.ts";
import { declareList, declarePattern, declareStatements, isAmbient } from "./declare.ts";
import { lowerClass } from "./lower-class.ts";
import {
  bindingOf,
  lowerAmbient,
  lowerEnum,
  lowerFunctionDeclaration,
  lowerModule,
  lowerTypeDeclaration,
} from "./lower-declaration.ts";
import { lowerExpression } from "./lower-expression.ts";
import { lowerExportAssignment, lowerExportDeclaration, lowerImport, noteExports } from "./lower-module.ts";
import { lowerType } from "./lower-type.ts";
import type { Binding, ExprId, PathStep, TypeFact } from "./types.ts";

const K = ts.SyntaxKind;

/** Reads a block in a scope of its own. */
export function lowerBlock(b: Builder, statements: readonly ts.Statement[]): void {
  b.inScope(() => lowerStatements(b, statements));
}

function isImport(node: ts.Statement): node is ts.ImportDeclaration | ts.ImportEqualsDeclaration {
  return ts.isImportDeclaration(node) || ts.isImportEqualsDeclaration(node);
}

/** Reads statements; what follows `if (…) return` stands in the context that the test did not hold. */
export function lowerStatements(b: Builder, statements: readonly ts.Statement[]): void {
  declareStatements(b, statements);
  // Imports hold for the whole file, wherever they stand: a component's module script may come before them.
  for (const statement of statements) if (isImport(statement)) lowerImport(b, statement);
  const before = b.ctx;
  for (const statement of statements) {
    if (isImport(statement)) continue;
    if (!ts.isIfStatement(statement)) {
      lowerStatement(b, statement);
      continue;
    }
    const test = lowerIf(b, statement);
    const exit = exitingBranch(statement);
    if (exit !== undefined) b.ctx = b.context({ test, holds: exit === "else", early: true });
  }
  b.ctx = before;
}

function exitingBranch(node: ts.IfStatement): "then" | "else" | undefined {
  if (exits(node.thenStatement)) return node.elseStatement && exits(node.elseStatement) ? undefined : "then";
  return node.elseStatement && exits(node.elseStatement) ? "else" : undefined;
}

/** Whether a statement never goes on to the next one. */
function exits(node: ts.Statement): boolean {
  switch (node.kind) {
    case K.ReturnStatement:
    case K.ThrowStatement:
    case K.BreakStatement:
    case K.ContinueStatement:
      return true;
    case K.Block: {
      const last = (node as ts.Block).statements.at(-1);
      return last !== undefined && exits(last);
    }
    case K.ExpressionStatement:
      return /^process\.exit\b/.test(textOfCallee((node as ts.ExpressionStatement).expression));
    case K.IfStatement: {
      const branch = node as ts.IfStatement;
      return exits(branch.thenStatement) && branch.elseStatement !== undefined && exits(branch.elseStatement);
    }
    default:
      return false;
  }
}

function textOfCallee(node: ts.Expression): string {
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return "";
  const { expression, name } = node.expression;
  return ts.isIdentifier(expression) ? `${expression.text}.${name.text}` : "";
}

function lowerStatement(b: Builder, node: ts.Statement): void {
  if (isAmbient(node)) {
    lowerAmbient(b, node);
    return;
  }
  switch (node.kind) {
    case K.VariableStatement:
      lowerVariables(b, (node as ts.VariableStatement).declarationList);
      noteExports(b, node as ts.VariableStatement);
      return;
    case K.ExpressionStatement: {
      const x = lowerExpression(b, (node as ts.ExpressionStatement).expression, "dropped");
      b.statementAt?.set(b.start(node), x);
      return;
    }
    case K.ReturnStatement: {
      const value = (node as ts.ReturnStatement).expression;
      if (value === undefined) return;
      const x = lowerExpression(b, value, "return");
      b.functions[b.fn]?.returns.push({ x, ctx: b.ctx, pos: b.start(value) });
      return;
    }
    case K.ThrowStatement:
      lowerExpression(b, (node as ts.ThrowStatement).expression);
      return;
    case K.IfStatement:
      lowerIf(b, node as ts.IfStatement);
      return;
    case K.Block:
      lowerBlock(b, (node as ts.Block).statements);
      return;
    case K.FunctionDeclaration:
      lowerFunctionDeclaration(b, node as ts.FunctionDeclaration);
      return;
    case K.ClassDeclaration: {
      const cls = node as ts.ClassDeclaration;
      const binding = bindingOf(b, cls.name);
      const c = lowerClass(b, cls);
      if (binding) binding.cls = c;
      noteExports(b, cls, b.addAt({ k: "cls", c }, b.start(node), node.end));
      return;
    }
    case K.EnumDeclaration:
      lowerEnum(b, node as ts.EnumDeclaration);
      return;
    case K.InterfaceDeclaration:
    case K.TypeAliasDeclaration:
      lowerTypeDeclaration(b, node as ts.InterfaceDeclaration | ts.TypeAliasDeclaration);
      return;
    case K.ForStatement:
    case K.ForOfStatement:
    case K.ForInStatement:
    case K.WhileStatement:
    case K.DoStatement:
      lowerLoop(b, node as ts.IterationStatement);
      return;
    case K.SwitchStatement:
      lowerSwitch(b, node as ts.SwitchStatement);
      return;
    case K.TryStatement:
      lowerTry(b, node as ts.TryStatement);
      return;
    case K.LabeledStatement:
      lowerStatement(b, (node as ts.LabeledStatement).statement);
      return;
    case K.ModuleDeclaration:
      lowerModule(b, node as ts.ModuleDeclaration);
      return;
    case K.ExportDeclaration:
      lowerExportDeclaration(b, node as ts.ExportDeclaration);
      return;
    case K.ExportAssignment:
      lowerExportAssignment(b, node as ts.ExportAssignment);
      return;
    default:
      return;
  }
}

export function lowerVariables(
  b: Builder,
  list: ts.VariableDeclarationList,
  each?: { x: ExprId; of: "of" | "in" },
): void {
  for (const declaration of list.declarations) {
    const type = lowerType(b, declaration.type);
    const init = each?.x ?? (declaration.initializer && lowerNamed(b, declaration, type));
    const facts = {
      ...(init !== undefined && { init }),
      ...(each && { each: each.of }),
      ...(type && { type }),
      ctx: b.ctx,
    };
    const fill = (name: ts.Identifier, path?: readonly PathStep[]) => {
      const binding = bindingOf(b, name);
      if (binding === undefined) return;
      // A second `var` of the same name is a write.
      if (binding.init !== undefined && init !== undefined) {
        binding.writes.push({ x: init, op: "=", ctx: b.ctx, pos: b.start(name) });
      } else Object.assign(binding, facts, path && { path });
    };
    if (ts.isIdentifier(declaration.name)) fill(declaration.name);
    else declarePattern(b, declaration.name, "const", fill);
  }
}

/** `const track = (…) => …` gives the function its name. */
function lowerNamed(b: Builder, declaration: ts.VariableDeclaration, type: TypeFact | undefined): ExprId {
  const init = declaration.initializer as ts.Expression;
  if (!ts.isIdentifier(declaration.name)) return lowerExpression(b, init);
  const first = b.functions.length;
  const x = lowerExpression(b, init);
  const expr = b.exprs[x];
  const fn = expr?.k === "fn" ? b.functions[expr.fn] : undefined;
  if (fn && type) fn.as = type;
  if (fn && fn.name === "") {
    fn.name = declaration.name.text;
    fn.nameAt = b.start(declaration.name);
  } else if (expr?.k === "call") {
    // `const track = useCallback(() => …)`
    const inner = b.functions[first];
    if (inner && inner.name === "" && inner.argOf?.call === x && inner.argOf.index === 0)
      inner.name = declaration.name.text;
  } else if (expr?.k === "cls") {
    const cls = b.classes[expr.c];
    if (cls && cls.name === "") cls.name = declaration.name.text;
  }
  return x;
}

function lowerIf(b: Builder, node: ts.IfStatement): ExprId {
  const test = lowerExpression(b, node.expression);
  b.within({ test, holds: true }, () => lowerStatement(b, node.thenStatement));
  const otherwise = node.elseStatement;
  if (otherwise) b.within({ test, holds: false }, () => lowerStatement(b, otherwise));
  return test;
}

function lowerLoop(b: Builder, node: ts.IterationStatement): void {
  b.inScope(() => {
    if (ts.isForOfStatement(node) || ts.isForInStatement(node)) {
      const x = lowerExpression(
        b,
        node.expression,
        ts.isForOfStatement(node) && node.awaitModifier ? "await" : "value",
      );
      if (ts.isVariableDeclarationList(node.initializer)) {
        declareList(b, node.initializer);
        lowerVariables(b, node.initializer, { x, of: ts.isForOfStatement(node) ? "of" : "in" });
      }
      b.within({ loop: true }, () => lowerStatement(b, node.statement));
      return;
    }
    if (ts.isForStatement(node)) {
      const first = node.initializer;
      if (first && ts.isVariableDeclarationList(first)) {
        declareList(b, first);
        lowerVariables(b, first);
      } else if (first) lowerExpression(b, first, "dropped");
      const test = node.condition && lowerExpression(b, node.condition);
      b.within({ loop: true, ...(test !== undefined && { test, holds: true }) }, () => {
        lowerStatement(b, node.statement);
        if (node.incrementor) lowerExpression(b, node.incrementor, "dropped");
      });
      return;
    }
    const condition = (node as ts.WhileStatement | ts.DoStatement).expression;
    const test = lowerExpression(b, condition);
    const guard = ts.isWhileStatement(node) ? { test, holds: true } : {};
    b.within({ loop: true, ...guard }, () => lowerStatement(b, node.statement));
  });
}

function lowerSwitch(b: Builder, node: ts.SwitchStatement): void {
  const test = lowerExpression(b, node.expression);
  b.inScope(() => {
    for (const clause of node.caseBlock.clauses) declareStatements(b, clause.statements);
    let open: ExprId[] = [];
    let openDefault = false;
    for (const clause of node.caseBlock.clauses) {
      if (ts.isCaseClause(clause)) open.push(lowerExpression(b, clause.expression));
      else openDefault = true;
      if (clause.statements.length === 0) continue;
      const cases = openDefault ? [] : open;
      b.within({ test, cases }, () => lowerStatements(b, clause.statements));
      const last = clause.statements.at(-1);
      if (last && exits(last)) {
        open = [];
        openDefault = false;
      }
    }
  });
}

function lowerTry(b: Builder, node: ts.TryStatement): void {
  b.within({ try: "try" }, () => lowerBlock(b, node.tryBlock.statements));
  const clause = node.catchClause;
  if (clause) {
    b.within({ try: "catch" }, () =>
      b.inScope(() => {
        const variable = clause.variableDeclaration;
        if (variable && ts.isIdentifier(variable.name)) b.declare(variable.name, "catch" satisfies Binding["kind"]);
        lowerBlock(b, clause.block.statements);
      }),
    );
  }
  const last = node.finallyBlock;
  if (last) b.within({ try: "finally" }, () => lowerBlock(b, last.statements));
}
