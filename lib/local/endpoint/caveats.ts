/** Notes that apply to all requests of a route. They are written once. */
export const IAM_SKIPPED = 'IAM authorization is skipped';
export const TOKENS_TRUSTED = 'tokens are trusted without verification';
export const ANY_API_KEY = 'any x-api-key is accepted';

export const CAVEATS: readonly string[] = [IAM_SKIPPED, TOKENS_TRUSTED, ANY_API_KEY];
