// norm by batch or by layer, then gain and bias. While training, batch norm tells the store what its running statistics are
// to move by, a tenth of the way to the batch's; serving takes the running ones as constants.
import { add, mul, rsqrt, sub, type Tensor1D, type Tensor2D } from '@tensorflow/tfjs-core';
import type { Made, Pass, Place } from './pass.ts';

const epsilon = 1e-5;
const tenth = 0.1;

export function normLayer(pass: Pass, { index }: Place, by: 'batch' | 'layer', z: Tensor2D): Made {
  const { ops, store } = pass;
  const [gain, bias] = [pass.slot(`${index}.gain`), pass.slot(`${index}.bias`)];
  const scale = store.value(gain) as Tensor1D;
  const { normal, back } = by === 'layer' ? ops.layerNorm(z) : pass.training ? byBatch(pass, index, z) : byRunning(pass, index, z);
  return {
    out: add(mul(normal, scale), store.value(bias)),
    back(d, isWanted) {
      store.gradient(gain, ops.columns(d, normal));
      store.gradient(bias, ops.columns(d));
      return isWanted ? back(mul(d, scale)) : d;
    },
  };
}

interface Normal { readonly normal: Tensor2D; back(d: Tensor2D): Tensor2D }

function byBatch({ ops, store, slot }: Pass, index: number, z: Tensor2D): Normal {
  const made = ops.batchNorm(z);
  for (const name of ['mean', 'variance'] as const) {
    const running = slot(`${index}.${name}`);
    store.gradient(running, mul(tenth, sub(made[name], store.value(running))));
  }
  return made;
}

function byRunning({ store, slot }: Pass, index: number, z: Tensor2D): Normal {
  const inverse = rsqrt(add(store.value(slot(`${index}.variance`)), epsilon));
  return { normal: mul(sub(z, store.value(slot(`${index}.mean`))), inverse), back: (d) => mul(d, inverse) };
}
