// A few bytes outside IndexedDB that say what the database must hold, so that a lost one is noticed and never met with
// an empty start. In the browser it lies in Cache Storage: workers have it, localStorage they have not, and it is a
// backend of its own on disk. A door may pass another Marker (a test keeps it in memory).
export type MarkerRecord = { projects: number; datasets: number; savedAt: number };
export interface Marker {
  get(): Promise<MarkerRecord | null>;
  set(record: MarkerRecord): Promise<void>;
}

// Not named barnacle-*: the service worker clears those of other versions.
const cacheName = 'kept-barnacle-marker';
const address = '/.barnacle/marker.json';

/** The marker in Cache Storage; silent (never a marker, never an error) where the page has none. */
export function cacheMarker(): Marker {
  const open = async (): Promise<Cache | null> => {
    try {
      return typeof caches === 'object' ? await caches.open(cacheName) : null;
    } catch {
      return null;
    }
  };
  return {
    async get() {
      const response = await (await open())?.match(address);
      return response ? readMarker(await response.text()) : null;
    },
    async set(record) {
      await (await open())?.put(address, new Response(JSON.stringify(record), { headers: { 'content-type': 'application/json' } }));
    },
  };
}

/** A marker for tests and for one-shot uses. */
export function memoryMarker(held: MarkerRecord | null = null): Marker {
  return {
    get: async () => held,
    set: async (record) => {
      held = record;
    },
  };
}

function readMarker(text: string): MarkerRecord | null {
  try {
    const { projects, datasets, savedAt } = JSON.parse(text) as Partial<MarkerRecord>;
    const sound = [projects, datasets, savedAt].every((n) => typeof n === 'number' && n >= 0);
    return sound ? { projects: projects!, datasets: datasets!, savedAt: savedAt! } : null;
  } catch {
    return null;
  }
}
