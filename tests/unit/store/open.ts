// A store over a fresh in-memory IndexedDB for each test.
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { memoryMarker, type Marker } from '../../../src/store/marker.ts';
import { openStore, type Store } from '../../../src/store/open-store.ts';

export function freshDatabase(): void {
  globalThis.indexedDB = new IDBFactory();
}
export const testStore = (marker: Marker = memoryMarker()): Promise<Store> => openStore({ marker, announcer: { say: () => {}, close: () => {} }, now: () => 1 });
