// Registers the service worker and reads its count of refused outgoing requests.
// On a host that sends no isolation headers the page reloads once under the worker's; where that fails all works on
// one thread. Nothing here runs in development.
import { trustedUrl } from '../wire/trusted-url.ts';

/** What left this machine since the worker started: requests refused, and the bytes they would have carried. */
export type Sent = { requests: number; bytes: number };

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

/** Asks the worker for its count; zero when there is none to ask. */
export async function readSent(): Promise<Sent> {
  const worker = navigator.serviceWorker?.controller;
  if (!worker) return { requests: 0, bytes: 0 };
  const channel = new MessageChannel();
  return new Promise((done) => {
    channel.port1.onmessage = (event: MessageEvent<Sent>) => done(event.data);
    worker.postMessage({ type: 'sent' }, [channel.port2]);
    setTimeout(() => done({ requests: 0, bytes: 0 }), 1000);
  });
}
