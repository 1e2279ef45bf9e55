/** All that a rule may use, the built-in ones included: types of the code and the plan, and helpers to ask them. */

export type * from "./calls/delivery.ts";
export type * from "./calls/suppression.ts";
export type * from "./calls/types.ts";
export type { Change, Fix, Related, Severity } from "./diagnostics/finding.ts";
export { compareRanges, contains, formatPlace, type Range } from "./diagnostics/range.ts";
export { byCause, byWrapper, byWrittenPlace, type Cause, ownPlaceOf, placesOf } from "./engine/causes.ts";
export { type CheckedCall, checkedCalls, type MissingProperty, missingProperties } from "./engine/conformance.ts";
export { carriesMessageId, isMessageIdKey } from "./engine/deduplication.ts";
export { DIRECTIVE_WORDS } from "./engine/directive-words.ts";
export { aliasOrder, mergesBothWays, needsAliasFirst } from "./engine/flow/alias-facts.ts";
export {
  type AttributionKind,
  attributionReads,
  type Carried,
  type ConversionTerms,
  carriedBy,
  carriesGroup,
  conversionOptions,
  isRequestReferer,
  keepsOnPerson,
  type ServerConversion,
  serverConversions,
  usualConversions,
} from "./engine/flow/attribution.ts";
export { saysConsentChoice } from "./engine/flow/choice-words.ts";
export {
  externalClient,
  hasClientOf,
  identifiedOnClient,
  identifiesPerson,
  isClient,
  takesPersons,
} from "./engine/flow/clients.ts";
export { type CategoryCheck, categoryChecks } from "./engine/flow/consent-categories.ts";
export { type ConsentCause, consentCauses } from "./engine/flow/consent-causes.ts";
export {
  consentCoverage,
  consentKinds,
  platformIn,
  storesNothing,
} from "./engine/flow/consent-coverage.ts";
export { type ConsentMode, configuredBefore, consentModes } from "./engine/flow/consent-mode.ts";
export {
  type ConsentDemand,
  consentCarried,
  consentDemand,
  consentReaders,
  isExemptFromConsent,
} from "./engine/flow/consent-state.ts";
export { isFlushedSomewhere, isLostInRun, platformWaits, queuesEvents } from "./engine/flow/delivery.ts";
export { type EntryValue, queryValues, requestReferers, wholeQueries } from "./engine/flow/entry-values.ts";
export { meansUser, meansVisitor } from "./engine/flow/id-words.ts";
export { excludeEachOther, isAlias, linkingOf, runsOnEveryBranch } from "./engine/flow/identity-links.ts";
export {
  comeFromTheSame,
  type FateWithoutId,
  fateWithoutId,
  isBlank,
  isNobody,
  keepsIdForAll,
  lackedIds,
  mayBeNobody,
  needsNoPerson,
  personalIds,
  runsOnlyOnServer,
  runsOnServer,
} from "./engine/flow/ids.ts";
export { isStamped, type LackingNeed, lackingNeeds, type PastKind, sendsPast } from "./engine/flow/needed-context.ts";
export {
  type IdKind,
  type KnownId,
  knownIdsIn,
  knowsByEmail,
  type PersonalId,
  type PersonalIdKind,
  personalIdOf,
} from "./engine/flow/personal-ids.ts";
export { callerSources, callsOnTheWay } from "./engine/flow/reach.ts";
export {
  forgetsPerson,
  forgettingOf,
  makesNewVisitor,
  namesPerson,
  nobodyLoggedIn,
} from "./engine/flow/resets.ts";
export { vendorLabel } from "./engine/flow/vendor-label.ts";
export { firstKey, lastKey, type Mismatch } from "./engine/mismatch.ts";
export { isLoginName, isLogoutName, isSignupName } from "./engine/naming/account-events.ts";
export {
  type CasingMessageId,
  type CasingRuleOptions,
  casingMeta,
  casingProblems,
} from "./engine/naming/casing-rule.ts";
export { type GrammarBreak, grammarBreak, type NameGrammar } from "./engine/naming/grammar.ts";
export type { NameUse, PlanName } from "./engine/naming/judge-names.ts";
export { brokenShape, type NameShape, type ReservedNames, reservationOf } from "./engine/naming/reserved-names.ts";
export { type NameDifference, type SimilarPair, similarPairs } from "./engine/naming/similar-names.ts";
export {
  isStandardEvent,
  isStandardInPlan,
  isStandardProperty,
  type Vocabulary,
  vocabularyOf,
} from "./engine/naming/vendor-names.ts";
export {
  type ChosenVocabulary,
  namedVocabularies,
  ownVocabularies,
  type StandardEvent,
  standardFor,
} from "./engine/naming/vocabularies.ts";
export { normaliseName, splitWords } from "./engine/naming/words.ts";
export { nearestTerm } from "./engine/nearest-term.ts";
export {
  findProperty,
  isCertainlyAbsent,
  mergePayloads,
  type Presence,
  presenceOf,
  propertiesOf,
  propertyAt,
  shareLittle,
} from "./engine/payloads.ts";
export { type PersonalValue, personalProperties, personalTraits } from "./engine/personal-values.ts";
export {
  eventMeant,
  eventsMatching,
  nameInPlan,
  ownNames,
  plannedEvent,
  type SentEvent,
  sentEvents,
  sentVersion,
  versionOnWire,
} from "./engine/plan-events.ts";
export { capitalise, listOf, listOfNames, nameOfCall } from "./engine/prose.ts";
export {
  defineRule,
  type NotJudgedHere,
  type Problem,
  type Rename,
  type Rule,
  type RuleCategory,
  type RuleContext,
  type RuleLevel,
  type RuleMeta,
} from "./engine/rule.ts";
export { type Contradiction, contradictions, undefinedRequired } from "./engine/schema-quality.ts";
export { callsBySource, EVENT_KINDS, eventKindOf, judgedCalls } from "./engine/selectors.ts";
export {
  alternativesOf,
  canRead,
  describeParts,
  describeValue,
  isKnown,
  isUndefined,
  literalsOf,
  mayBeNull,
  mayBeUndefined,
  onlyLiterals,
  typeOf,
  typesOf,
  wildcardParts,
} from "./engine/static-values.ts";
export { isVendorName, reachesVendor, sendsTo, shareVendor } from "./engine/vendors.ts";
export {
  type ChangeClass,
  expectedVersion,
  heaviest,
  isAtLeast,
  type SchemaChange,
  schemaChanges,
  type VersionScheme,
} from "./engine/versions.ts";
export type * from "./plan/model.ts";
export { groupBy } from "./util/group-by.ts";
export { nearestName } from "./util/nearest-name.ts";
