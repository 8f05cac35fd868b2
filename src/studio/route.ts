// Addresses of the studio: `#/` home, `#/p/<project>/<stage>`, `#/system`. Anything else is home; nothing throws.
export const stages = ['data', 'explore', 'features', 'train', 'evaluate', 'deploy', 'system'] as const;
export type Stage = (typeof stages)[number];
export type Route = { page: 'home' } | { page: 'system' } | { page: 'stage'; project: string; stage: Stage };

export function parseRoute(hash: string): Route {
  const parts = hash.replace(/^#?\/?/, '').split('/').map(decode);
  if (parts[0] === 'system') return { page: 'system' };
  if (parts[0] === 'p' && parts[1]) {
    const stage = stages.find((name) => name === parts[2]) ?? 'data';
    return { page: 'stage', project: parts[1], stage };
  }
  return { page: 'home' };
}

export function printRoute(route: Route): string {
  if (route.page === 'system') return '#/system';
  if (route.page === 'stage') return `#/p/${encodeURIComponent(route.project)}/${route.stage}`;
  return '#/';
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return '';
  }
}
