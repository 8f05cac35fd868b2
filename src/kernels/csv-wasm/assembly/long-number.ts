// Numbers of many digits: first stage leaves them to the reference.
export function parseLong(at: usize, end: usize, decimal: u32): f64 {
  return NaN;
}
