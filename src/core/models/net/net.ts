// What a net is: how a row becomes numbers, and the layers they go through; and where each parameter lies in one flat vector.
// Pure shape, shared by training (core/learners/mlp, kernels) and serving (this folder). Activations are row-major, rows x
// width; after `spread` a row has `members` lines in a row (line r * members + m), and per-member parameters are indexed by m.

/** silu: z s(z); selu: Klambauer et al. 2017; mish: z tanh(softplus(z)), Misra 2019. s = logistic sigmoid. */
export type Activation = 'relu' | 'silu' | 'selu' | 'mish' | 'tanh';
export const activations: readonly Activation[] = ['relu', 'silu', 'selu', 'mish', 'tanh'];

/** A category: codes 0 to levels - 1, and `levels` itself = missing or unseen. Its table has levels + 1 rows of `width`. */
export type NetCategory = { levels: number; width: number };

/**
 * How each of the `numbers` becomes `width` numbers (Gorishniy et al. 2022, "On Embeddings for Numerical Features").
 * plr: relu(b + W [cos(2 pi c x), sin(2 pi c x)]), waves frequencies c. pbld (RealMLP): [x, b + W cos(2 pi c x + p)].
 * piecewise (TabM's version B): b + x l + sum over bins of W_bin * clamp((x - edge) / (next edge - edge), 0, 1); a bin of
 * no width gives 0.
 */
export type NetEncoding =
  { kind: 'plr'; waves: number; width: number } | { kind: 'pbld'; waves: number; width: number } | { kind: 'piecewise'; bins: number; width: number };

/** The first activations are [numbers encoded, feature by feature | flags as they are | category tables, in order]. */
export type NetInputs = { numbers: number; flags: number; encoding: NetEncoding | null; categories: NetCategory[] };

/** All but `dense`, `heads` keep the width. */
export type NetLayer =
  /** z * a, a of one line or of `members` lines. */
  | { kind: 'scale'; member: boolean }
  /** z + b. */
  | { kind: 'shift'; member: boolean }
  /** z W (+ b); W is width x units. */
  | { kind: 'dense'; units: number; bias: boolean }
  /** batch: over the lines of the batch while training, by running mean and variance when serving; layer: over the units of a line. Epsilon 1e-5, then gain and bias. */
  | { kind: 'norm'; by: 'batch' | 'layer' }
  /** f(z); mixed: z + a (f(z) - z) with a learnt for each unit (RealMLP's parametric activation). */
  | { kind: 'activate'; by: Activation; mixed: boolean }
  /** Training only: 0 with that probability, else 1 / (1 - rate). */
  | { kind: 'drop'; rate: number }
  /** Each row becomes `members` equal lines; once at most. */
  | { kind: 'spread'; members: number }
  /** add: adds what the last unmatched `save` saw; the widths must agree. */
  | { kind: 'save' }
  | { kind: 'add' }
  /** z W_m + b_m, a W and b of its own for each member. Last layer only, after a spread. */
  | { kind: 'heads'; units: number };

/** The last layer is `dense` or `heads`; its units are the outputs of a line. Members are averaged after the link. */
export type Net = { inputs: NetInputs; layers: NetLayer[] };

/** A run of the flat parameter vector. */
export type NetSlot = {
  /** Unique and stable: inputs.frequencies, inputs.phases, inputs.weights, inputs.line, inputs.bias, inputs.edges, table-0, 3.weights, 3.bias, 3.gain, 3.mean, 3.variance, 3.mix. */
  name: string;
  /** What it is; weights are multiplied with activations (and decay), the others are added or element-wise. */
  role: 'weights' | 'bias' | 'scale' | 'mix' | 'table' | 'frequencies' | 'phases' | 'edges' | 'running';
  /** Row-major. */
  shape: number[];
  offset: number;
  size: number;
  /** Index into layers; -1 = the inputs. */
  layer: number;
  /** False: no gradient (edges; running mean and variance, which batch norm moves by a tenth each step). */
  trained: boolean;
};

/** Width of the first activations. */
export function inputWidth({ numbers, flags, encoding, categories }: NetInputs): number {
  return numbers * (encoding ? encoding.width : 1) + flags + categories.reduce((sum, c) => sum + c.width, 0);
}

/** Width before each layer, then that of the scores: layers.length + 1 numbers. */
export function widthsOf(net: Net): number[] {
  const widths = [inputWidth(net.inputs)];
  for (const layer of net.layers) widths.push(layer.kind === 'dense' || layer.kind === 'heads' ? layer.units : widths[widths.length - 1]);
  return widths;
}

/** Lines of a row before each layer, then those of the scores. */
export function membersOf(net: Net): number[] {
  const members = [1];
  for (const layer of net.layers) members.push(layer.kind === 'spread' ? layer.members : members[members.length - 1]);
  return members;
}

/** All parameters, in the order of the flat vector: inputs, then layer by layer. */
export function slotsOf(net: Net): NetSlot[] {
  const slots: NetSlot[] = [];
  let offset = 0;
  const put = (name: string, role: NetSlot['role'], shape: number[], layer: number): void => {
    const size = shape.reduce((a, b) => a * b, 1);
    slots.push({ name, role, shape, offset, size, layer, trained: role !== 'edges' && role !== 'running' });
    offset += size;
  };
  const { numbers, encoding, categories } = net.inputs;
  if (encoding?.kind === 'plr') {
    put('inputs.frequencies', 'frequencies', [numbers, encoding.waves], -1);
    put('inputs.weights', 'weights', [numbers, 2 * encoding.waves, encoding.width], -1);
    put('inputs.bias', 'bias', [numbers, encoding.width], -1);
  } else if (encoding?.kind === 'pbld') {
    put('inputs.frequencies', 'frequencies', [numbers, encoding.waves], -1);
    put('inputs.phases', 'phases', [numbers, encoding.waves], -1);
    put('inputs.weights', 'weights', [numbers, encoding.waves, encoding.width - 1], -1);
    put('inputs.bias', 'bias', [numbers, encoding.width - 1], -1);
  } else if (encoding?.kind === 'piecewise') {
    put('inputs.edges', 'edges', [numbers, encoding.bins + 1], -1);
    put('inputs.weights', 'weights', [numbers, encoding.bins, encoding.width], -1);
    put('inputs.line', 'weights', [numbers, encoding.width], -1);
    put('inputs.bias', 'bias', [numbers, encoding.width], -1);
  }
  categories.forEach(({ levels, width }, c) => put(`table-${c}`, 'table', [levels + 1, width], -1));
  const [widths, members] = [widthsOf(net), membersOf(net)];
  net.layers.forEach((layer, l) => {
    const width = widths[l];
    const lines = 'member' in layer && layer.member ? members[l] : 1;
    if (layer.kind === 'scale') put(`${l}.scale`, 'scale', [lines, width], l);
    else if (layer.kind === 'shift') put(`${l}.bias`, 'bias', [lines, width], l);
    else if (layer.kind === 'dense') {
      put(`${l}.weights`, 'weights', [width, layer.units], l);
      if (layer.bias) put(`${l}.bias`, 'bias', [layer.units], l);
    } else if (layer.kind === 'norm') {
      put(`${l}.gain`, 'scale', [width], l);
      put(`${l}.bias`, 'bias', [width], l);
      if (layer.by === 'batch') {
        put(`${l}.mean`, 'running', [width], l);
        put(`${l}.variance`, 'running', [width], l);
      }
    } else if (layer.kind === 'activate' && layer.mixed) put(`${l}.mix`, 'mix', [width], l);
    else if (layer.kind === 'heads') {
      put(`${l}.weights`, 'weights', [members[l], width, layer.units], l);
      put(`${l}.bias`, 'bias', [members[l], layer.units], l);
    }
  });
  return slots;
}

/** Length of the flat vector. */
export const sizeOf = (net: Net): number => slotsOf(net).reduce((sum, slot) => sum + slot.size, 0);
