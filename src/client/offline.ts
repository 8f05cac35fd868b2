// Registers the service worker and reads what outgoing requests it has refused.
// On a host that sends no isolation headers the page reloads once under the worker's; where that fails all works on
// one thread. Nothing here runs in development.
import { trustedUrl } from '../wire/trusted-url.ts';

/** What the worker refused in this life of its own (browsers end idle workers): requests, the bytes they would have carried, and the newest as "POST https://...". */
export type Refused = { since: number; requests: number; bytes: number; last: string[] };

/** Registers sw.js beside the page; resolves once it controls the page (or is unsupported: false). */
export async function goOffline(reload: () => void): Promise<boolean> {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return false;
  const { serviceWorker } = navigator;
  await serviceWorker.register(trustedUrl(new URL('sw.js', document.baseURI).href), { updateViaCache: 'none' });
  await serviceWorker.ready;
  if (!serviceWorker.controller) await new Promise<void>((done) => serviceWorker.addEventListener('controllerchange', () => done(), { once: true }));
  const tried = sessionStorage.getItem('barnacle-isolated') !== null;
  if (!crossOriginIsolated && !tried) {
    sessionStorage.setItem('barnacle-isolated', 'tried');
    reload();
  }
  return true;
}

/** Asks the worker; null when there is none, or it does not answer within a second. */
export async function readRefused(): Promise<Refused | null> {
  const worker = navigator.serviceWorker?.controller;
  if (!worker) return null;
  const channel = new MessageChannel();
  return new Promise((done) => {
    channel.port1.onmessage = (event: MessageEvent<Refused>) => done(event.data);
    worker.postMessage({ type: 'refused' }, [channel.port2]);
    setTimeout(() => done(null), 1000);
  });
}
