import type { FromHost, ToHost } from "../../../runner/messages.ts";
import { RemoteHost } from "../../../runner/remote-host.ts";

/** A worker of the page that holds a backend. */
export class HostWorker extends RemoteHost {
  readonly #worker = new Worker(new URL("./host.worker.ts", import.meta.url), { type: "module" });
  protected readonly closed = Promise.resolve();

  constructor() {
    super();
    this.#worker.onmessage = ({ data }: MessageEvent<FromHost>) => {
      this.received(data);
      if (data.type === "dying") this.ends("the worker has ended");
    };
    this.#worker.onerror = ({ message }) => this.ends(`the worker failed: ${message || "it could not be loaded"}`);
  }

  kill(): void {
    this.#worker.terminate();
  }

  protected send(message: ToHost): void {
    this.#worker.postMessage(message);
  }
}
