/** SQLite has one writer: transactions of this process queue here instead of meeting on the connection. */
export class WriteLock {
  private tail: Promise<void> = Promise.resolve();

  /** Resolves to the function that lets the next one in. */
  async acquire(): Promise<() => void> {
    let release!: () => void;
    const previous = this.tail;
    this.tail = new Promise((resolve) => {
      release = resolve;
    });
    await previous;
    return release;
  }
}
