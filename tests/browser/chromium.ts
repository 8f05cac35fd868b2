// The system's Chromium through playwright-core, with the network features of the browser itself switched off.
import { existsSync } from 'node:fs';
import { chromium, type BrowserContext } from 'playwright-core';

export const chromiumPath = [process.env.BARNACLE_CHROMIUM ?? '', '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) => path && existsSync(path)) ?? null;
/** Debian's Chromium as root, kept from asking the network for anything of its own. */
export const flags = ['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

/** A profile on disk, so that closing and opening again finds what was stored. */
export function openProfile(folder: string, webgpu = false): Promise<BrowserContext> {
  const gpu = webgpu ? ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'] : [];
  return chromium.launchPersistentContext(folder, { executablePath: chromiumPath!, headless: false, args: ['--headless=new', ...flags, ...gpu] });
}
