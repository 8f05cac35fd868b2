// Hostile json -> a net whose every count is bounded and whose layers fit each other, or bad-bundle; copied field by field.
// Nothing is allocated by what the json says before this has passed: parameters and the numbers of one row are bounded too.
import { BarnacleError } from '../../base/errors.ts';
import type { Json, JsonObject } from '../../base/json.ts';
import { activations, inputWidth, type Activation, type Net, type NetCategory, type NetEncoding, type NetInputs, type NetLayer } from './net.ts';

const maxLayers = 256;
const maxUnits = 65_536;
const maxMembers = 4096;
const maxLevels = 2 ** 24;
const maxColumns = 1_000_000;
/** Parameters of a net; doubles that one row needs, all that is saved included. */
const maxParameters = 2 ** 28;
const maxState = 2 ** 24;

/** Throws bad-bundle for anything but a net whose last layer has `outputs` units. */
export function readNet(json: Json | undefined, outputs: number): Net {
  const { inputs, layers } = objectOf(json, 'net');
  const net: Net = { inputs: readInputs(objectOf(inputs, 'inputs')), layers: listOf(layers, maxLayers, 'layers').map((layer, l) => readLayer(objectOf(layer, `layer ${l}`), l)) };
  checkSizes(net, outputs);
  return net;
}

function readInputs({ numbers, flags, encoding, categories }: JsonObject): NetInputs {
  return {
    numbers: whole(numbers, 0, maxColumns, 'inputs.numbers'),
    flags: whole(flags, 0, maxColumns, 'inputs.flags'),
    encoding: encoding === null ? null : readEncoding(objectOf(encoding, 'inputs.encoding')),
    categories: listOf(categories, maxColumns, 'inputs.categories').map((one): NetCategory => {
      const { levels, width } = objectOf(one, 'a category');
      return { levels: whole(levels, 0, maxLevels, 'levels'), width: whole(width, 1, maxUnits, 'width of a category') };
    }),
  };
}

function readEncoding({ kind, waves, bins, width }: JsonObject): NetEncoding {
  if (kind === 'piecewise') return { kind, bins: whole(bins, 1, maxUnits, 'bins'), width: whole(width, 1, maxUnits, 'width of an encoding') };
  if (kind === 'plr') return { kind, waves: whole(waves, 1, maxUnits, 'waves'), width: whole(width, 1, maxUnits, 'width of an encoding') };
  if (kind === 'pbld') return { kind, waves: whole(waves, 1, maxUnits, 'waves'), width: whole(width, 2, maxUnits, 'width of an encoding') };
  throw broken(`encoding ${said(kind)} is unknown`);
}

function readLayer(layer: JsonObject, l: number): NetLayer {
  const { kind } = layer;
  if (kind === 'scale' || kind === 'shift') return { kind, member: truth(layer.member, `member of layer ${l}`) };
  if (kind === 'dense') return { kind, units: whole(layer.units, 1, maxUnits, `units of layer ${l}`), bias: truth(layer.bias, `bias of layer ${l}`) };
  if (kind === 'heads') return { kind, units: whole(layer.units, 1, maxUnits, `units of layer ${l}`) };
  if (kind === 'spread') return { kind, members: whole(layer.members, 1, maxMembers, `members of layer ${l}`) };
  if (kind === 'save' || kind === 'add') return { kind };
  if (kind === 'norm' && (layer.by === 'batch' || layer.by === 'layer')) return { kind, by: layer.by };
  if (kind === 'activate' && activations.includes(layer.by as Activation)) return { kind, by: layer.by as Activation, mixed: truth(layer.mixed, `mixed of layer ${l}`) };
  if (kind === 'drop' && typeof layer.rate === 'number' && layer.rate >= 0 && layer.rate < 1) return { kind, rate: layer.rate };
  throw broken(`layer ${l}, ${said(layer)}, is unknown`);
}

/** Spread once, heads last after it, every add with a save of its width and lines, a sound end, and no more than the bounds. */
function checkSizes({ inputs, layers }: Net, outputs: number): void {
  const { numbers, encoding, categories } = inputs;
  let width = inputWidth(inputs);
  let [members, state, parameters] = [1, width, 0];
  const saved: { width: number; members: number }[] = [];
  if (encoding) parameters += numbers * ((encoding.kind === 'piecewise' ? encoding.bins : 2 * encoding.waves) * (encoding.width + 1) + 2 * encoding.width + 1);
  for (const { levels, width: columns } of categories) parameters += (levels + 1) * columns;
  if (width < 1 || width > maxState) throw broken(`has ${width} first activations, not 1 to ${maxState}`);
  layers.forEach((layer, l) => {
    if (layer.kind === 'spread') {
      if (members > 1 || layers.slice(0, l).some(({ kind }) => kind === 'spread')) throw broken(`spreads twice, in layer ${l}`);
      members = layer.members;
    } else if (layer.kind === 'heads') {
      if (l !== layers.length - 1 || !layers.some(({ kind }) => kind === 'spread')) throw broken(`has heads in layer ${l} that are not its last one after a spread`);
      parameters += members * (width + 1) * layer.units;
      width = layer.units;
    } else if (layer.kind === 'dense') {
      parameters += (width + 1) * layer.units;
      width = layer.units;
    } else if (layer.kind === 'save') {
      saved.push({ width, members });
      state += members * width;
    } else if (layer.kind === 'add') {
      const last = saved.pop();
      if (!last || last.width !== width || last.members !== members) throw broken(`adds in layer ${l} what no save holds at ${members} x ${width}`);
    } else parameters += ('member' in layer && layer.member ? members : 4) * width;
    state += members * width;
    if (parameters > maxParameters) throw broken(`has more than ${maxParameters} parameters`);
    if (state > maxState) throw broken(`needs more than ${maxState} numbers a row`);
  });
  if (saved.length) throw broken(`saves ${saved.length} times what it never adds`);
  const last = layers[layers.length - 1]?.kind;
  if (last !== 'dense' && last !== 'heads') throw broken('does not end with dense or heads');
  if (width !== outputs) throw broken(`ends with ${width} units, not ${outputs}`);
}

function objectOf(json: Json | undefined, name: string): JsonObject {
  if (json === null || typeof json !== 'object' || Array.isArray(json)) throw broken(`${name} is ${said(json)}, not an object`);
  return json as JsonObject;
}

function listOf(json: Json | undefined, most: number, name: string): readonly Json[] {
  if (!Array.isArray(json) || json.length > most) throw broken(`${name} is no list of at most ${most}`);
  return Array.from(json as readonly Json[]);
}

function whole(json: Json | undefined, low: number, high: number, name: string): number {
  if (typeof json !== 'number' || !Number.isInteger(json) || json < low || json > high) throw broken(`${name} is ${said(json)}, not a whole number from ${low} to ${high}`);
  return json;
}

function truth(json: Json | undefined, name: string): boolean {
  if (typeof json !== 'boolean') throw broken(`${name} is ${said(json)}, not true or false`);
  return json;
}

const said = (json: Json | undefined): string => (JSON.stringify(json) ?? 'absent').slice(0, 80);
const broken = (reason: string) => new BarnacleError('bad-bundle', `net model: ${reason}`, { reason });
