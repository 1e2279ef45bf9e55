import type { ServerlessPlatform } from "./sdk.ts";

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
