// The one Trusted Types policy of the studio: a worker's URL is trusted when it is of our own origin, and only then.
// Under `require-trusted-types-for 'script'` new Worker(url) and serviceWorker.register(url) need it; elsewhere it is text.
type Policy = { createScriptURL(url: string): unknown };
type Factory = { createPolicy(name: string, rules: { createScriptURL(url: string): string }): Policy };

let policy: Policy | null = null;

/** The same-origin URL of a script of ours, ready for `new Worker` or `register`. Throws on any other origin. */
export function trustedUrl(url: string): string {
  const absolute = ownUrl(url);
  const factory = (globalThis as { trustedTypes?: Factory }).trustedTypes;
  if (!factory) return absolute;
  policy ??= factory.createPolicy('studio', { createScriptURL: ownUrl });
  return policy.createScriptURL(absolute) as string;
}

function ownUrl(url: string): string {
  const absolute = new URL(url, location.href);
  if (absolute.origin !== location.origin) throw new TypeError(`script ${absolute.href} is not of this origin`);
  return absolute.href;
}
