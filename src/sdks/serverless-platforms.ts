import type { ServerlessPlatform } from "./sdk.ts";

const methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];

/** Exports that answer a method of HTTP each. */
export const methodExports: ReadonlySet<string> = new Set(methods);

/**
 * Files that frameworks make routes, with the exports that are handlers: the app and pages routers of Next.js, SvelteKit,
 * Astro's endpoints, Remix, Nitro. From the frameworks' documentation of routing.
 */
export const routeFiles: readonly { readonly file: RegExp; readonly exports: readonly string[] }[] = [
  { file: /(?:^|\/)app\/(?:.+\/)?route\.[cm]?[jt]sx?$/, exports: methods },
  { file: /(?:^|\/)pages\/api\/.+\.[cm]?[jt]sx?$/, exports: ["default"] },
  { file: /(?:^|\/)\+server\.[jt]s$/, exports: methods },
  { file: /(?:^|\/)\+(?:page|layout)\.server\.[jt]s$/, exports: ["load"] },
  { file: /(?:^|\/)src\/pages\/.+\.[jt]s$/, exports: methods },
  { file: /(?:^|\/)app\/routes\/.+\.[jt]sx?$/, exports: ["loader", "action"] },
  { file: /(?:^|\/)server\/(?:api|routes)\/.+\.[jt]s$/, exports: ["default"] },
];

/** Members of the object that a worker exports: developers.cloudflare.com/workers/runtime-apis/handlers. */
export const workerHandlers: ReadonlySet<string> = new Set(["fetch", "scheduled", "queue", "email", "tail"]);

/** Packages whose classes are commands, by their `run`. */
export const commandPackages: readonly string[] = ["@oclif/core", "@oclif/command"];

/**
 * Functions that make the platform wait for a promise, or for what a callback returns: `waitUntil` of Cloudflare's
 * context and of `@vercel/functions`, `after` of `next/server`.
 */
export const lifelines: ReadonlySet<string> = new Set(["waitUntil", "unstable_waitUntil", "after", "unstable_after"]);

/**
 * What proves that code runs in processes that are frozen or ended once a handler has answered. Sources: the platforms'
 * documentation of their configuration files and of the shape of a handler. A framework alone proves nothing: Next.js
 * runs in long-lived servers too.
 */
export const serverlessPlatforms: readonly ServerlessPlatform[] = [
  {
    // vercel.com/docs/project-configuration, vercel.com/docs/functions/runtimes/node-js
    name: "Vercel",
    files: ["vercel.json"],
    dependencies: ["@sveltejs/adapter-vercel", "@astrojs/vercel", "@vercel/remix", "@vercel/react-router"],
    types: { package: "@vercel/node", names: ["VercelRequest", "VercelApiHandler", "VercelResponse"] },
    exports: ["routes", "api-folder"],
  },
  {
    // docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html; serverless.com/framework/docs, SAM and SST configuration
    name: "AWS Lambda",
    files: ["serverless.yml", "serverless.yaml", "serverless.ts", "template.yaml", "template.yml", "samconfig.toml"],
    types: { package: "aws-lambda", names: [/^(?!Callback$)\w*(?:Handler|Event|EventV2|Context|Request)$/] },
    around: ["@middy/core", "@sentry/aws-serverless", "@sentry/serverless", "hono/aws-lambda", "serverless-http"],
    exports: ["handler"],
  },
  {
    // docs.netlify.com/build/functions/get-started, docs.netlify.com/build/edge-functions/get-started
    name: "Netlify",
    files: ["netlify.toml"],
    paths: [/(?:^|\/)netlify\/(?:edge-)?functions\//],
    dependencies: ["@netlify/plugin-nextjs", "@astrojs/netlify", "@sveltejs/adapter-netlify"],
    types: { package: "@netlify/functions", names: ["Handler", "HandlerEvent", "Context", "BackgroundHandler"] },
    around: ["@netlify/functions"],
    exports: ["routes"],
    pathExports: ["handler", "default"],
  },
  {
    // developers.cloudflare.com/workers/runtime-apis/handlers, …/workers/wrangler/configuration, …/pages/functions
    name: "Cloudflare Workers",
    files: ["wrangler.toml", "wrangler.json", "wrangler.jsonc"],
    dependencies: [
      "@opennextjs/cloudflare",
      "@cloudflare/next-on-pages",
      "@astrojs/cloudflare",
      "@sveltejs/adapter-cloudflare",
    ],
    types: { package: "@cloudflare/workers-types", names: ["ExportedHandler", "ExecutionContext", "PagesFunction"] },
    exports: ["worker", "routes"],
  },
  {
    // firebase.google.com/docs/functions
    name: "Firebase Functions",
    around: ["firebase-functions"],
  },
  {
    // cloud.google.com/functions/docs/writing
    name: "Google Cloud Functions",
    around: ["@google-cloud/functions-framework"],
  },
  {
    // learn.microsoft.com/azure/azure-functions/functions-reference-node
    name: "Azure Functions",
    around: ["@azure/functions"],
    types: { package: "@azure/functions", names: ["InvocationContext", "AzureFunction", "Context"] },
  },
];
