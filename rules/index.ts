import type { Rule } from "../src/plugin.ts";
import dynamicEventName from "./dynamic-event-name.ts";
import missingProperty from "./missing-property.ts";
import propertyType from "./property-type.ts";
import unknownEvent from "./unknown-event.ts";
import unknownProperty from "./unknown-property.ts";
import unusedEvent from "./unused-event.ts";
import unversionedSchema from "./unversioned-schema.ts";

/** The built-in rules, by id. */
export const rules: readonly Rule[] = [
  dynamicEventName,
  missingProperty,
  propertyType,
  unknownEvent,
  unknownProperty,
  unusedEvent,
  unversionedSchema,
];
