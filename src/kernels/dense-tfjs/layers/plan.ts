// A net -> what its passes need of it, worked out once.
import { membersOf, slotsOf, widthsOf, type Net } from '../../../core/models/net/net.ts';
import type { NetPlan } from './pass.ts';

/** Throws RangeError on a name the net has no slot of. */
export function planNet(net: Net): NetPlan {
  const slots = slotsOf(net);
  const byName = new Map(slots.map((slot) => [slot.name, slot]));
  const [widths, members] = [widthsOf(net), membersOf(net)];
  const lowest = slots.reduce((least, slot) => (slot.trained ? Math.min(least, slot.layer) : least), net.layers.length);
  return {
    net,
    slots,
    places: net.layers.map((_, index) => ({ index, members: members[index], width: widths[index] })),
    slot(name) {
      const slot = byName.get(name);
      if (!slot) throw new RangeError(`a net has no slot "${name}"`);
      return slot;
    },
    isWanted: (l) => lowest < l,
  };
}
