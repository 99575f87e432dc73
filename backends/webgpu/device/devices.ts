import { findAdapter } from "../adapter/index.ts";
import { Session, type SessionOptions } from "./session.ts";

/** A session that is opened again when its device was lost. */
export class Devices {
  readonly #options: SessionOptions;
  #session: Promise<Session>;
  #current: Session;

  private constructor(session: Session, options: SessionOptions) {
    this.#session = Promise.resolve(session);
    this.#current = session;
    this.#options = options;
  }

  /** Opens the first session. @throws {BackendUnavailable} where there is no adapter */
  static async open(
    options: SessionOptions,
  ): Promise<{ readonly devices: Devices; readonly session: Session; readonly description: string }> {
    const { adapter, description } = await findAdapter();
    const session = await Session.open(adapter, options);
    return { devices: new Devices(session, options), session, description };
  }

  /** The session, where its device works, as far as is known. */
  get current(): Session | undefined {
    return this.#current.lost === undefined ? this.#current : undefined;
  }

  /** The session, opened again where its device was lost. */
  async session(): Promise<Session> {
    const opening = this.#session;
    const session = await opening.catch(() => undefined);
    if (session !== undefined && session.lost === undefined) return session;
    // Of several calls that find it lost, the first opens it again.
    if (this.#session === opening) this.#session = this.#reopen();
    return this.#session;
  }

  async #reopen(): Promise<Session> {
    const { adapter } = await findAdapter();
    this.#current = await Session.open(adapter, this.#options);
    return this.#current;
  }

  async close(): Promise<void> {
    (await this.#session.catch(() => undefined))?.close();
  }
}
