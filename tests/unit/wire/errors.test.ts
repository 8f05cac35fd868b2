import { expose, wrap } from 'comlink';
import { expect, it } from 'vitest';
import { BarnacleError, isBarnacleError } from '../../../src/core/base/errors.ts';
import { carryErrors, packError, unpackError } from '../../../src/wire/errors.ts';

it('carries code and details through comlink', async () => {
  carryErrors();
  const { port1, port2 } = new MessageChannel();
  expose({ fail: () => Promise.reject(new BarnacleError('empty-file', 'file "x" is empty', { name: 'x' })) }, port1);
  const remote = wrap<{ fail(): Promise<void> }>(port2);
  const error: unknown = await remote.fail().catch((e: unknown) => e);
  port1.close();
  expect(isBarnacleError(error, 'empty-file')).toBe(true);
  expect(error).toMatchObject({ message: 'file "x" is empty', details: { name: 'x' } });
});

it('keeps plain errors and values', () => {
  expect(unpackError(packError(new TypeError('boom')))).toMatchObject({ message: 'boom' });
  expect(unpackError(packError('text'))).toBe('text');
});
