// A Worker for Node tests: comlink over a MessageChannel, dying on demand as a real one does.
import { expose } from 'comlink';

export class FakeWorker extends EventTarget {
  readonly #port: MessagePort;
  readonly #inside: MessagePort;
  terminated = false;
  constructor(api: object) {
    super();
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    this.#inside = port2;
    expose({ hold: async () => {}, ...api }, port2);
    port1.onmessage = (event) => this.dispatchEvent(new MessageEvent('message', { data: event.data as unknown }));
  }
  postMessage(message: unknown, transfer: Transferable[] = []): void {
    if (!this.terminated) this.#port.postMessage(message, transfer);
  }
  terminate(): void {
    this.terminated = true;
    this.#port.close();
    this.#inside.close();
  }
  /** As the browser does when a worker throws outside of any call. */
  die(message: string): void {
    this.dispatchEvent(Object.assign(new Event('error'), { message }));
  }
}
export const asWorker = (fake: FakeWorker): Worker => fake as unknown as Worker;
