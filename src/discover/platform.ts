import type { Platform } from "../calls/types.ts";

const reactNative = ["react-native", "expo", "@nx/react-native", "@nx/expo"];

/** One source for both sides: only the file could tell. */
const bothSides = [
  "next",
  "nuxt",
  "astro",
  "@sveltejs/kit",
  "@remix-run/react",
  "@remix-run/node",
  "@react-router/node",
  "@tanstack/react-start",
  "@solidjs/start",
  "@builder.io/qwik-city",
  "@redwoodjs/core",
  "blitz",
  "electron",
  "@nx/next",
  "@nx/nuxt",
  "@nx/remix",
];

const browser = [
  "react",
  "react-dom",
  "preact",
  "vue",
  "svelte",
  "solid-js",
  "lit",
  "@angular/core",
  "ember-source",
  "alpinejs",
  "jquery",
  "gatsby",
  "@docusaurus/core",
  "@nx/react",
  "@nx/web",
  "@nx/vue",
  "@nx/angular",
  "@angular-devkit/build-angular",
];

const server = [
  "express",
  "fastify",
  "koa",
  "hono",
  "@hapi/hapi",
  "@hono/node-server",
  "@nestjs/core",
  "@nestjs/common",
  "@adonisjs/core",
  "@feathersjs/feathers",
  "@apollo/server",
  "apollo-server",
  "apollo-server-express",
  "@trpc/server",
  "@oclif/core",
  "commander",
  "yargs",
  "probot",
  "inversify-express-utils",
  "bull",
  "bullmq",
  "firebase-functions",
  "@google-cloud/functions-framework",
  "@types/aws-lambda",
  "@temporalio/worker",
  "inngest",
  "@slack/bolt",
  "socket.io",
  "pino",
  "winston",
  "bunyan",
  "nodemailer",
  "ioredis",
  "knex",
  "mongodb",
  "mongoose",
  "mysql2",
  "pg",
  "typeorm",
  "@nx/node",
  "@nx/nest",
  "@nx/express",
];

/**
 * Where a project runs, by its dependencies: React Native or Expo before all; unknown for frameworks that run on both
 * sides and for projects with libraries of both; else by the libraries of one side. Node's types mean nothing: widgets
 * have them for their build. A guess, which the plan's `platform` overrides.
 */
export function guessPlatform(dependencies: ReadonlySet<string>): Platform {
  const has = (names: readonly string[]) => names.some((name) => dependencies.has(name));
  if (has(reactNative)) return "react-native";
  if (has(bothSides)) return "unknown";
  if (has(browser)) return has(server) ? "unknown" : "browser";
  return has(server) ? "server" : "unknown";
}

/** Files that frameworks for both sides run on the server only, by their paths. */
const serverFiles: readonly RegExp[] = [
  /(?:^|\/)pages\/api\//,
  /(?:^|\/)app\/(?:.+\/)?route\.[cm]?[jt]sx?$/,
  /(?:^|\/)\+(?:server|page\.server|layout\.server)\.[jt]s$/,
  /\.server\.[cm]?[jt]sx?$/,
  /(?:^|\/)server\/(?:api|routes|middleware)\//,
  /\+api\.[jt]sx?$/,
];

/** True for a route handler, a server load function and their like. */
export function isServerFile(path: string): boolean {
  return serverFiles.some((pattern) => pattern.test(path));
}
