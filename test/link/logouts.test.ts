import { expect, test } from "vitest";
import { memoryHost } from "../../src/host/memory-host.ts";
import { scan } from "../../src/lint.ts";

const names =
  'import posthog from "posthog-js";\nexport const enter = (user: { id: string }) => posthog.identify(user.id);\n';

async function logoutsOf(files: Readonly<Record<string, string>>): Promise<string[]> {
  const { code } = await scan({}, memoryHost(files));
  return code.logouts.map(({ is, name, at }) => `${is} ${name} ${at.file}:${at.line}`);
}

test("logouts are found in files that don't track, of sources that identify people", async () => {
  const menu = 'import { signOut } from "next-auth/react";\nexport const leave = () => signOut();\n';
  expect(await logoutsOf({ "src/enter.ts": names, "src/menu.ts": menu })).toEqual(["call signOut src/menu.ts:2"]);
  expect(await logoutsOf({ "src/menu.ts": menu })).toEqual([]);
});

test("functions and methods that are called like a logout are logouts", async () => {
  const code = `${names}export async function logOut() {}
export class Session { signOut() {} }
export const actions = { handleLogout: () => {} };
export function useLogout() {}
`;
  expect(await logoutsOf({ "src/app.ts": code })).toEqual([
    "function logOut src/app.ts:3",
    "function signOut src/app.ts:4",
    "function handleLogout src/app.ts:5",
  ]);
});

test("a connection to another product, a request and server code are none", async () => {
  const code = `import { signOut } from "./github-oauth-provider";
import { logout } from "./cloudBackup";
export function leave(github: any, req: any, authClient: any) {
  signOut();
  logout();
  github.logout();
  req.logout();
  authClient.signOut();
}
`;
  const route = "export async function logout() {}\n";
  const files = { "src/a.ts": names, "src/b.ts": code, "src/server/c.ts": route, "src/app/api/d/route.ts": route };
  expect(await logoutsOf({ ...files, "src/e.ts": `"use server";\n${route}` })).toEqual([
    "call authClient.signOut src/b.ts:8",
  ]);
});
