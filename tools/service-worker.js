// The service worker: the studio's files from this machine (offline), with the headers that isolate and close it.
// It answers same-origin GET requests only, from its cache first; anything foreign is refused and counted, and so is
// anything that would send a body. "0 bytes sent" shows what was refused.
const config = /* CONFIG */ null;
const cacheName = `barnacle-${config.version}`;
/** `since` tells one life of this worker from the next (browsers end idle ones); `last` names the newest refusals. */
const refused = { since: Date.now(), requests: 0, bytes: 0, last: [] };

self.addEventListener('install', (event) => {
  event.waitUntil(precache().then(() => self.skipWaiting()));
});

self.addEventListener('activate', (event) => {
  event.waitUntil(dropOldCaches().then(() => self.clients.claim()));
});

self.addEventListener('message', (event) => {
  if (event.data?.type === 'refused') event.ports[0]?.postMessage(refused);
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.protocol === 'blob:' || url.protocol === 'data:') return;
  if (url.origin !== self.location.origin || request.method !== 'GET') return event.respondWith(refuse(request));
  event.respondWith(answer(request, url));
});

async function precache() {
  const cache = await caches.open(cacheName);
  await cache.addAll(config.files.map((file) => new Request(file, { cache: 'reload' })));
  await cache.add(new Request('./', { cache: 'reload' }));
}

async function dropOldCaches() {
  for (const name of await caches.keys()) if (name.startsWith('barnacle-') && name !== cacheName) await caches.delete(name);
}

async function answer(request, url) {
  const cache = await caches.open(cacheName);
  const key = request.mode === 'navigate' ? new URL('./', self.location.href).href : url.origin + url.pathname;
  const held = await cache.match(key);
  if (held) return withHeaders(held);
  const fresh = await fetch(request);
  if (fresh.ok && fresh.status === 200) await cache.put(key, fresh.clone());
  return withHeaders(fresh);
}

async function refuse(request) {
  refused.requests++;
  refused.last = [...refused.last, `${request.method} ${request.url.slice(0, 200)}`].slice(-20);
  refused.bytes += (await request.clone().arrayBuffer().catch(() => new ArrayBuffer(0))).byteLength;
  return Response.error();
}

function withHeaders(response) {
  if (response.status === 0) return response;
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(config.headers)) headers.set(name, value);
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
}
