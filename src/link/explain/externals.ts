import type { Statement } from "../../calls/explanation.ts";
import type { Range } from "../../diagnostics/range.ts";
import { globalsByName, packageOf, sdksByPackage, vendorWordOf } from "../../sdks/index.ts";
import type { Sdk } from "../../sdks/sdk.ts";
import { reach, sinksOf } from "../sdk-match.ts";
import type { External } from "../value.ts";
import type { LinkedWorld } from "./linked-world.ts";
import { shown } from "./unsearched.ts";

/** Where the way ends at a package or a global. */
export function ofExternal(
  { discovery }: LinkedWorld,
  value: External,
  written: string,
  at: Range,
  isShort: boolean,
): Statement {
  const [reached] = reach(value);
  if (reached !== undefined) return { text: ofSdk(value, reached.sdk, written), at };
  return {
    text:
      value.pkg === undefined
        ? ofGlobal(value, written)
        : isShort
          ? `from the package \`${value.pkg}\``
          : ofPackage(value, written, discovery),
    at,
  };
}

function ofSdk(value: External, sdk: Sdk, written: string): string {
  const owner = `${sdk.vendorName}${value.pkg === undefined ? "" : ` (\`${value.pkg}\`)`}`;
  if (sinksOf(value, () => undefined).length > 0)
    return `\`${written}\` is a method of ${owner} that tracks, but these arguments fit none of its forms`;
  const name = value.steps.findLast((step): step is string => typeof step === "string");
  const methods = [...new Set(sdk.methods.filter(({ kind }) => kind !== "other").map((method) => method.name))];
  return `\`${written}\` belongs to ${owner}, but ${name === undefined ? "it" : `\`${name}\``} is no method that tracks: these do: ${shown(methods, 8)}`;
}

function ofGlobal({ steps }: External, written: string): string {
  const [name] = steps;
  const known = typeof name === "string" ? globalsByName(name) : [];
  const [first] = known;
  if (first !== undefined)
    return `nothing here declares \`${name}\`; as the global of ${first.sdk.vendorName} it counts only as \`window.${name}\``;
  const global = typeof name === "string" ? name : written;
  return global === written
    ? `\`${written}\` is a global of no SDK`
    : `\`${written}\` is of the global \`${global}\`, which is no SDK's`;
}

function ofPackage({ pkg = "" }: External, written: string, { workspaces }: LinkedWorld["discovery"]): string {
  const name = packageOf(pkg);
  const [sdk] = [...sdksByPackage(pkg), ...vendorWordOf(name)];
  if (sdk !== undefined)
    return `\`${written}\` comes from \`${pkg}\`, which belongs to ${sdk.vendorName}, but is nothing of it that tracks`;
  const isListed = name.startsWith("node:") || workspaces.some(({ dependencies }) => dependencies.has(name));
  const unlisted = isListed ? "" : "; no package.json here lists it, and it leads to no file of this repository";
  return `\`${written}\` comes from the package \`${name}\`, which is no SDK that tracklint knows${unlisted}`;
}
