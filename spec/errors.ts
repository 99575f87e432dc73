/** A call violates a constraint of the spec; the message names the constraint, the value and what was expected. */
export class ConstraintError extends Error {
  override readonly name = "ConstraintError";
  readonly constraint: string;

  constructor(constraint: string, violation: string) {
    super(`${constraint}: ${violation}`);
    this.constraint = constraint;
  }
}

/**
 * A backend's module throws this while it is loaded where what it runs on is not there, such as a GPU.
 * The message says what is missing. The report shows it, and it fails a run only where the backend is required.
 */
export class BackendUnavailable extends Error {
  override readonly name = "BackendUnavailable";
}

/**
 * A backend throws this for a call that is valid but that it does not implement.
 * The call is then reported as unsupported, counted and shown: neither passed nor failed.
 */
export class UnsupportedError extends Error {
  override readonly name = "UnsupportedError";
}
