// The tabs of the Data page and their place in the address: `#/p/<project>/data/<tab>`. An unknown tab is none.
export const tabs = ['table', 'import', 'clean', 'alerts', 'contract', 'dictionary', 'versions'] as const;
export type Tab = (typeof tabs)[number];
export const tabWords: { [tab in Tab]: string } = { table: 'Table', import: 'Import', clean: 'Clean', alerts: 'Alerts', contract: 'Contract', dictionary: 'Dictionary', versions: 'Versions' };

/** The tab that an address names; null when it names none. */
export function tabOf(hash: string): Tab | null {
  const parts = hash.replace(/^#?\/?/, '').split('/');
  return parts[0] === 'p' && parts[2] === 'data' ? (tabs.find((tab) => tab === parts[3]) ?? null) : null;
}

/** The same address with that tab; the first tab needs no name. */
export function withTab(hash: string, tab: Tab): string {
  const parts = hash.split('/').slice(0, 4);
  return tab === tabs[0] ? parts.join('/') : [...parts, tab].join('/');
}
