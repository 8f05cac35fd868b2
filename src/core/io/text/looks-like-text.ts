// Whether bytes could be text: UTF-8 and Latin files hold hardly a control character but separators (1, 2, 28-31), UTF-16 shows by its zeros.
import { sniffEncoding } from './encoding.ts';

export function looksLikeText(head: Uint8Array): boolean {
  if (head.length === 0) return true;
  if (sniffEncoding(head) !== 'utf-8') return true;
  let control = 0;
  for (const b of head) {
    if (b === 0) return false;
    if (b < 32 && b !== 9 && b !== 10 && b !== 13 && b !== 12 && b !== 27 && !(b <= 2 || b >= 28)) control++;
  }
  return control <= head.length * 0.01;
}
