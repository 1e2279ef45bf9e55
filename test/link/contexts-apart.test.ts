import { describe } from "vitest";
import { sends } from "./calls-of.ts";

const API = `import posthog from "posthog-js";\nexport class Api { log(name: string, extra: object) { posthog.capture(name, extra); } }`;
const CONTEXT = `import { createContext } from "react";\nimport type { Services } from "./types";\nexport const ServicesContext = createContext<Services | null>(null);`;
const TYPES = `import type { Api } from "./api";\nexport interface Services { api: Api; open: boolean }`;
const PROVIDER = `import { useMemo } from "react";
import { Api } from "./api";
import { ServicesContext } from "./context";
export function Provider({ children }) {
  const api = useMemo(() => { const made = new Api(); return made; }, []);
  const value = useMemo(() => ({ api, open: true }), [api]);
  return <ServicesContext.Provider value={value}>{children}</ServicesContext.Provider>;
}`;
const APP = `import { useServices } from "./hook";\nexport function App() { const { api } = useServices(); return <a onClick={() => api.log("Clicked", { n: 1 })} />; }`;
const FOUND = ["track (forwarder) ? { … }", 'track "Clicked" { n: 1 }'] as const;

describe("a context that is made, filled and asked for in files of its own", () => {
  const files = { "src/api.ts": API, "src/context.ts": CONTEXT, "src/types.ts": TYPES, "src/provider.tsx": PROVIDER };

  sends(
    "leads from its provider to who asks for it",
    {
      ...files,
      "src/app.tsx": APP,
      "src/hook.ts": `import { useContext } from "react";\nimport { ServicesContext } from "./context";\nexport function useServices() { return useContext<Services>(ServicesContext); }`,
    },
    FOUND[0],
    FOUND[1],
  );

  sends(
    "leads there by the type that a hook is declared to give",
    {
      ...files,
      "src/app.tsx": APP,
      "src/check.ts": `export function present(value: unknown) { if (!value) throw new Error("none"); return value; }`,
      "src/hook.ts": `import { useContext } from "react";\nimport { present } from "./check";\nimport { ServicesContext } from "./context";\nimport type { Services } from "./types";\nexport function useServices(): Services { return present(useContext(ServicesContext)); }`,
    },
    FOUND[0],
    FOUND[1],
  );
});
