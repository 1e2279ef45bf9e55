import type { ConsentPlatform } from "./sdk.ts";

/** What shows that a consent platform is there, and what of it is a user's choice. Globals are without `window.`. */
export const consentPlatforms: readonly ConsentPlatform[] = [];
