/** What a change of an event's schema is, and the version that it asks for. */
export { type ChangeClass, heaviest, type SchemaChange, schemaChanges } from "../schema/schema-change.ts";
export { expectedVersion, isAtLeast, type VersionScheme } from "../schema/version-bump.ts";
