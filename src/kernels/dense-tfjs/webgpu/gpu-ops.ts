// The layers of a net on WebGPU, each by programs of our own; save, add and what watching asks are tfjs ops.
import type { Layers } from '../layers/families.ts';
import { plainLayers } from '../layers/families.ts';
import type { NetOps } from '../ops.ts';
import { plainOps } from '../plain/plain-ops.ts';
import { gpuDense, gpuHeads } from './gpu-affine.ts';
import { gpuActivate, gpuDrop, gpuScale, gpuShift, gpuSpread } from './gpu-element.ts';
import { gpuEncode } from './gpu-encode.ts';
import { gpuLoss } from './gpu-loss.ts';
import { gpuNorm } from './gpu-norm.ts';
import { gpuStore, type GpuStore } from './gpu-store.ts';
import { gpuLookUp, gpuLookUpBack } from './gpu-tables.ts';

export const gpuOps: NetOps = {
  ...plainOps,
  drop: (z, drop) => gpuDrop(drop, z),
  encode: gpuEncode,
  lookUp: (store, tables, codes, rows) => gpuLookUp(store as GpuStore, tables, codes, rows),
  lookUpBack: (store, tables, codes, d) => gpuLookUpBack(store as GpuStore, tables, codes, d),
  loss: (store, kind, scores, truth) => gpuLoss(store as GpuStore, kind, scores, truth),
  store: gpuStore,
};

export const gpuLayers: Layers = {
  ...plainLayers,
  scale: (pass, place, layer, z) => gpuScale(pass, place, layer.member, z),
  shift: (pass, place, layer, z) => gpuShift(pass, place, layer.member, z),
  dense: (pass, place, layer, z) => gpuDense(pass, place, layer.bias, z),
  heads: (pass, place, layer, z) => gpuHeads(pass, place, layer.units, z),
  norm: (pass, place, layer, z) => gpuNorm(pass, place, layer.by, z),
  activate: (pass, place, layer, z, drop) => gpuActivate(pass, place, layer.by, layer.mixed, z, drop),
  spread: (_, place, layer, z) => gpuSpread(place, layer.members, z),
};
