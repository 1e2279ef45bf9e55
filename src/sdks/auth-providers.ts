/** Words by which clients of auth services are known in code: what they end is the session of the product's own person. */
export const authProviders: readonly string[] = "clerk supabase keycloak msal oidc cognito kinde logto".split(" ");

/** Words for what a product connects to: signing out there ends a connection, and nobody's session in the product. */
export const connectedServices: readonly string[] =
  "github gitlab google drive backup dropbox slack notion wallet metamask telegram".split(" ");
