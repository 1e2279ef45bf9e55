import { ts } from "ts-morph";
import { removed } from "../init/mutations.ts";
import { atSite, type Mutation, mistake, none, type Verdict } from "./mutation.ts";
import type { Codebase, Site } from "./sites.ts";
import { isCommented } from "./sites.ts";
import { enclosingFunction, linesOf, propertyOf, replaced, writtenValue } from "./syntax.ts";

/** A call is deleted, no longer waited for, or also made by another service. */
export function* changedCalls(code: Codebase): Generator<Mutation> {
  for (const site of code.sites) {
    yield* deleted(code, site);
    const { parent } = site.call;
    if (ts.isAwaitExpression(parent)) {
      const change = replaced(site.file, parent, site.call.getText());
      yield atSite("drop an await", site, change, unflushed(code, site));
    }
  }
  yield* moved(code);
}

function* deleted(code: Codebase, site: Site): Generator<Mutation> {
  if (!ts.isExpressionStatement(site.statement)) return;
  const change = removed(site.file, site.statement.getSourceFile().text, site.statement);
  const around = enclosingFunction(site.call);
  const more = { mark: `\`${site.event?.name}\``, ...(around ? { node: around } : {}) };
  yield atSite("delete a call", site, change, missed(code, site), more);
}

function missed(code: Codebase, site: Site): Verdict {
  const { plan, sites } = code;
  const others = sites.filter((one) => one !== site && one.verb === site.verb);
  switch (site.verb) {
    case "track": {
      const { event, source } = site;
      if (event === undefined || event.status !== "active")
        return none("the plan has no such event, or a deprecated one");
      if (event.sources && !event.sources.has(source.name)) return none("the plan doesn't have it sent from here");
      const isSent = others.some((one) => one.event === event && (!event.sources || one.source.name === source.name));
      return isSent ? none("it is sent elsewhere as well") : mistake("the plan has an event that nobody sends");
    }
    case "identify":
      return others.length > 0 ? none("other calls name the person") : mistake("nobody names the person");
    case "alias":
      return isSignup(code, site) ? mistake("a signup must be linked") : none("it stands in no signup");
    case "reset":
      return mistake("the next person on the device is taken for this one");
    case "flush":
      return unflushed(code, site);
    case "group":
      return none("the plan asks for no call that says groups");
    default:
      return plan.hasEvents ? none("no rule") : none("no plan");
  }
}

function isSignup({ plan, sites }: Codebase, site: Site): boolean {
  const around = enclosingFunction(site.call);
  const signups = plan.identity?.signup ?? [];
  return sites.some((one) => signups.includes(one.event?.name ?? "") && enclosingFunction(one.call) === around);
}

/** What must be sent before the process may stop. */
function unflushed({ files, trees }: Codebase, { verb, file }: Site): Verdict {
  if (verb !== "flush") return none("the SDK sends it by itself");
  const name = file
    .split("/")
    .at(-1)!
    .replace(/\.\w+$/, "");
  const isHandler = /from "aws-lambda"/.test(trees.get(file)?.text ?? "");
  const scripts = Object.entries(files).filter(([path]) => path.endsWith("package.json"));
  const isOnce = scripts.some(([, text]) => new RegExp(`"(?!start|dev)[\\w:-]+": "node [^"]*/${name}\\.`).test(text));
  if (isHandler || isOnce) return mistake("the process may stop before the event is sent");
  return none("nothing in the repository says that the process stops there");
}

/** A call of each event also before one of each other service, in the form that calls have there. */
function* moved({ sites }: Codebase): Generator<Mutation> {
  const done = new Set<string>();
  const services = [...new Set(sites.map(({ source }) => source.name))];
  const hosts = services.map((name) => [name, sites.filter((one) => isHost(one) && one.source.name === name)] as const);
  for (const site of sites) {
    const { event } = site;
    const [payload] = site.payloads;
    if (event === undefined || payload === undefined || done.has(event.name)) continue;
    done.add(event.name);
    for (const [source, all] of hosts) {
      if (source === site.source.name || all.length === 0) continue;
      const host = all[done.size % all.length]!;
      const at = host.statement.getStart();
      const change = { file: host.file, start: at, end: at, text: `${callLike(host, event.name, flat(payload))}; ` };
      const lines = [linesOf(host.file, host.statement), linesOf(site.file, site.statement)];
      const verdict = elsewhere(site, host);
      yield { operator: "move a call to another service", change, subject: event.name, lines, ...verdict };
    }
  }
}

/** A call before which another fits. */
function isHost(site: Site): boolean {
  return (
    site.event !== undefined && site.verb === "track" && ts.isExpressionStatement(site.statement) && !isCommented(site)
  );
}

function elsewhere({ event }: Site, { source }: Site): Verdict {
  if (event?.sources === undefined) return none("the plan says of no source that it may not send it");
  return event.sources.has(source.name)
    ? none("the plan has it sent from there")
    : mistake("the plan has it sent from other sources");
}

function callLike({ call, message }: Site, name: string, payload: string): string {
  const callee = call.expression.getText();
  const written = JSON.stringify(name);
  if (message === undefined) return `${callee}(${written}, ${payload})`;
  const kept = ["userId", "distinctId", "context"].flatMap((key) => {
    const value = writtenValue(propertyOf(message, key));
    return value === undefined ? [] : [`${key}: ${flat(value)}`];
  });
  return `${callee}({ ${[...kept, `event: ${written}`, `properties: ${payload}`].join(", ")} })`;
}

function flat(node: ts.Node): string {
  return node.getText().replace(/\s+/g, " ");
}
