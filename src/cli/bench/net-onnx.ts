// A net as an ONNX model (opset 13) for onnxruntime: members first, so that a dense layer is one product. Knows the layers of the
// benchmark: scale, shift, dense, relu, spread, heads, on plain numbers, then softmax and the mean of members.
import { slotsOf, type Net } from '../../core/models/net/net.ts';
import { attribute, int, ints, manyInts, message, nested, tensor, text, type Field } from './onnx-proto.ts';

/** A TensorProto as initializer: dims 1, data_type 2, name 8, raw_data 9. */
const constant = (name: string, dims: readonly number[], values: Float32Array): Field => nested(5, ints(1, dims), int(2, 1), text(8, name), { number: 9, wire: 2, bytes: new Uint8Array(values.slice().buffer) });
const node = (type: string, inputs: readonly string[], output: string, ...attributes: Field[]): Field => nested(1, ...inputs.map((name) => text(1, name)), text(2, output), text(4, type), ...attributes);
const whole = (name: string, value: number): Field => attribute(name, int(3, value), 2);

/** Input `x` (rows x numbers), output `p` (rows x units). Throws an Error for a layer it does not know. */
export function onnxNet(net: Net, weights: Float32Array): Uint8Array {
  const slots = new Map(slotsOf(net).map((slot) => [slot.name, slot]));
  const valuesOf = (name: string) => weights.subarray(slots.get(name)!.offset, slots.get(name)!.offset + slots.get(name)!.size);
  const fields: Field[] = [];
  let z = 'x';
  let isSpread = false;
  const apply = (type: string, name: string, dims: readonly number[]): void => {
    fields.push(constant(name, dims, valuesOf(name)), node(type, [z, name], `${name}-z`));
    z = `${name}-z`;
  };
  net.layers.forEach((layer, l) => {
    const shapeOf = (name: string) => slots.get(name)!.shape;
    if (layer.kind === 'spread') isSpread = true;
    else if (layer.kind === 'scale' || layer.kind === 'shift') {
      const name = `${l}.${layer.kind === 'scale' ? 'scale' : 'bias'}`;
      const [lines, width] = shapeOf(name);
      apply(layer.kind === 'scale' ? 'Mul' : 'Add', name, isSpread ? [lines, 1, width] : [width]);
    } else if (layer.kind === 'dense' && layer.bias && !isSpread) {
      fields.push(constant(`${l}.weights`, shapeOf(`${l}.weights`), valuesOf(`${l}.weights`)), constant(`${l}.bias`, shapeOf(`${l}.bias`), valuesOf(`${l}.bias`)), node('Gemm', [z, `${l}.weights`, `${l}.bias`], `${l}-z`));
      z = `${l}-z`;
    } else if (layer.kind === 'dense') {
      apply('MatMul', `${l}.weights`, shapeOf(`${l}.weights`));
      if (layer.bias) apply('Add', `${l}.bias`, shapeOf(`${l}.bias`));
    } else if (layer.kind === 'heads') {
      const [members, units] = shapeOf(`${l}.bias`);
      apply('MatMul', `${l}.weights`, shapeOf(`${l}.weights`));
      apply('Add', `${l}.bias`, [members, 1, units]);
    } else if (layer.kind === 'activate' && layer.by === 'relu' && !layer.mixed) {
      fields.push(node('Relu', [z], `${l}-z`));
      z = `${l}-z`;
    } else throw new Error(`layer ${l}, ${layer.kind}, has no ONNX form here`);
  });
  fields.push(node('Softmax', [z], isSpread ? 'members' : 'p', whole('axis', -1)));
  if (isSpread) fields.push(node('ReduceMean', ['members'], 'p', manyInts('axes', [0]), whole('keepdims', 0)));
  const units = (net.layers[net.layers.length - 1] as { units: number }).units;
  const graph = nested(7, ...fields, text(2, 'net'), tensor(11, 'x', 1, net.inputs.numbers), tensor(12, 'p', 1, units));
  return message([int(1, 8), text(2, 'barnacle bench'), graph, nested(8, text(1, ''), int(2, 13))]);
}
