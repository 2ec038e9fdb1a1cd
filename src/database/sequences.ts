const BLOCK = 1000;

interface Block {
  next: number;
  end: number;
}

/** Numbers handed out from blocks, so that a write costs no round trip for its keys. One per site and process. */
export class Sequences {
  private readonly blocks = new Map<string, Block>();
  private readonly refills = new Map<string, Promise<void>>();

  /** First of `count` numbers; `take` reserves a block of the given size and returns its first number. */
  async next(name: string, count: number, take: (size: number) => Promise<number>): Promise<number> {
    for (;;) {
      const block = this.blocks.get(name);
      if (block && block.next + count <= block.end) {
        const first = block.next;
        block.next += count;
        return first;
      }
      await this.refill(name, Math.max(BLOCK, count), take);
    }
  }

  forget(): void {
    this.blocks.clear();
  }

  /** Whoever comes while a block is being fetched waits for that one. */
  private refill(name: string, size: number, take: (size: number) => Promise<number>): Promise<void> {
    const running = this.refills.get(name);
    if (running) return running;
    const refill = take(size)
      .then((first) => void this.blocks.set(name, { next: first, end: first + size }))
      .finally(() => this.refills.delete(name));
    this.refills.set(name, refill);
    return refill;
  }
}
