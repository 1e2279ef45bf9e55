import { expect, test } from "vitest";
import { scanCalls } from "./calls-of.ts";

/** What the calls say of the user's choice, in the order of their places. */
async function consents(code: string) {
  return (await scanCalls(code)).map(({ consent, consentAction }) => ({
    action: consentAction,
    states: consent?.properties.map(({ name }) => name),
    isOpen: consent?.complete === false,
  }));
}

test("a consent command says what it does with which states", async () => {
  const found = await consents(`export function run(action: "default" | "update", more: object) {
  window.gtag("consent", "default", { ad_storage: "denied" });
  window.gtag("consent", action, { ...more });
}`);
  expect(found).toEqual([
    { action: "default", states: ["ad_storage"], isOpen: false },
    { action: undefined, states: [], isOpen: true },
  ]);
});

test("a message has the field in which its vendor reads the choice, and none where it certainly lacks it", async () => {
  const found = await consents(`import StapeSGTM from "stape-sgtm-nodejs";
const container = new StapeSGTM({ gtm_server_domain: "https://sgtm.example.com", request_path: "/data" });
export function run(id: string, state: { ad_storage: boolean }, more: object) {
  container.sendEventData("a", { client_id: id, consent_state: state });
  container.sendEventData("b", { client_id: id });
  container.sendEventData("c", { client_id: id, ...more });
}`);
  expect(found.map(({ states, isOpen }) => ({ states, isOpen }))).toEqual([
    { states: ["ad_storage"], isOpen: false },
    { states: undefined, isOpen: false },
    { states: [], isOpen: true },
  ]);
});
