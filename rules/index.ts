import type { Rule } from "../src/plugin.ts";
import aliasArguments from "./alias-arguments.ts";
import aliasAtSignup from "./alias-at-signup.ts";
import attributionCapture from "./attribution-capture.ts";
import attributionEntry from "./attribution-entry.ts";
import consentCategory from "./consent-category.ts";
import consentCheck from "./consent-check.ts";
import consentPropagation from "./consent-propagation.ts";
import deprecatedEvent from "./deprecated-event.ts";
import dynamicEventName from "./dynamic-event-name.ts";
import eventCasing from "./event-casing.ts";
import eventCollision from "./event-collision.ts";
import eventStructure from "./event-structure.ts";
import flushBeforeExit from "./flush-before-exit.ts";
import identifyAtLogin from "./identify-at-login.ts";
import invalidSuppression from "./invalid-suppression.ts";
import missingContext from "./missing-context.ts";
import missingIdentifier from "./missing-identifier.ts";
import missingProperty from "./missing-property.ts";
import overloadedEvent from "./overloaded-event.ts";
import piiIdentifier from "./pii-identifier.ts";
import piiProperty from "./pii-property.ts";
import planQuality from "./plan-quality.ts";
import propertyCasing from "./property-casing.ts";
import propertyType from "./property-type.ts";
import reservedName from "./reserved-name.ts";
import resetOnLogout from "./reset-on-logout.ts";
import schemaVersionBump from "./schema-version-bump.ts";
import similarEvents from "./similar-events.ts";
import singleIdentifier from "./single-identifier.ts";
import standardEvent from "./standard-event.ts";
import undeclaredSource from "./undeclared-source.ts";
import unknownEvent from "./unknown-event.ts";
import unknownProperty from "./unknown-property.ts";
import unusedEvent from "./unused-event.ts";
import unusedSuppression from "./unused-suppression.ts";
import unverifiablePayload from "./unverifiable-payload.ts";
import unversionedSchema from "./unversioned-schema.ts";

/** The built-in rules, by id. */
export const rules: readonly Rule[] = [
  aliasArguments,
  aliasAtSignup,
  attributionCapture,
  attributionEntry,
  consentCategory,
  consentCheck,
  consentPropagation,
  deprecatedEvent,
  dynamicEventName,
  eventCasing,
  eventCollision,
  eventStructure,
  flushBeforeExit,
  identifyAtLogin,
  invalidSuppression,
  missingContext,
  missingIdentifier,
  missingProperty,
  overloadedEvent,
  piiIdentifier,
  piiProperty,
  planQuality,
  propertyCasing,
  propertyType,
  reservedName,
  resetOnLogout,
  schemaVersionBump,
  similarEvents,
  singleIdentifier,
  standardEvent,
  undeclaredSource,
  unknownEvent,
  unknownProperty,
  unusedEvent,
  unusedSuppression,
  unverifiablePayload,
  unversionedSchema,
];
