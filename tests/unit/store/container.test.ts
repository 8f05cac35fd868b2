import { describe, expect, it } from 'vitest';
import { jsonBytes, readContainer, writeContainer } from '../../../src/store/container.ts';

const sample = () => writeContainer([{ name: 'a', bytes: jsonBytes({ x: 1 }) }, { name: 'b', bytes: Uint8Array.of(1, 2, 3) }]);
const bytesOf = async (blob: Blob) => new Uint8Array(await blob.arrayBuffer());

describe('container', () => {
  it('gives back what was put in', async () => {
    const container = await readContainer(sample());
    expect(container.names).toEqual(['a', 'b']);
    expect(await container.section('b')).toEqual(Uint8Array.of(1, 2, 3));
  });

  it('refuses a flip of any byte', async () => {
    const bytes = await bytesOf(sample());
    for (let i = 0; i < bytes.length; i++) {
      const broken = bytes.slice();
      broken[i] ^= 0x10;
      const read = async () => {
        const container = await readContainer(new Blob([broken]));
        for (const name of container.names) await container.section(name);
      };
      await expect(read(), `byte ${i}`).rejects.toMatchObject({ code: expect.stringMatching(/bad-file|newer-version/) });
    }
  });

  it('refuses every shortening', async () => {
    const bytes = await bytesOf(sample());
    for (let n = 0; n < bytes.length; n++) await expect(readContainer(new Blob([bytes.subarray(0, n)])), `${n} bytes`).rejects.toMatchObject({ code: 'bad-file' });
  });

  it('names a newer format', async () => {
    const bytes = await bytesOf(sample());
    new DataView(bytes.buffer).setUint32(8, 2, true);
    await expect(readContainer(new Blob([bytes]))).rejects.toMatchObject({ code: 'newer-version', details: { found: 2, supported: 1 } });
  });
});
