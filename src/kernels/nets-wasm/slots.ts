// Where each slot of the flat vector lies in the kernel's: slots begin on 64 bytes there, so that chunks of them do too.
import type { Net, NetSlot } from '../../core/models/net/net.ts';
import { slotsOf } from '../../core/models/net/net.ts';

export interface PlacedSlots {
  readonly slots: readonly NetSlot[];
  /** Floats, with the gaps. */
  readonly floats: number;
  /** First float of a slot, by its name. */
  at(name: string): number;
  /** Writes a flat vector into a placed one, and reads it back. */
  write(flat: Float32Array, placed: Float32Array): void;
  read(placed: Float32Array): Float32Array;
}

export function placeSlots(net: Net): PlacedSlots {
  const slots = slotsOf(net);
  const places = new Map<string, number>();
  let floats = 0;
  let size = 0;
  for (const slot of slots) {
    places.set(slot.name, floats);
    floats += Math.ceil(slot.size / 16) * 16;
    size += slot.size;
  }
  const at = (name: string): number => {
    const place = places.get(name);
    if (place === undefined) throw new RangeError(`a net has no slot "${name}"`);
    return place;
  };
  return {
    slots,
    floats,
    at,
    write(flat, placed) {
      for (const slot of slots) placed.set(flat.subarray(slot.offset, slot.offset + slot.size), at(slot.name));
    },
    read(placed) {
      const flat = new Float32Array(size);
      for (const slot of slots) flat.set(placed.subarray(at(slot.name), at(slot.name) + slot.size), slot.offset);
      return flat;
    },
  };
}
