const BLOCK = 1000;

/** Numbers handed out from blocks, so that a write costs no round trip for its keys. One per site and process. */
export class Sequences {
  private readonly blocks = new Map<string, { next: number; end: number }>();

  async next(name: string, count: number, take: (size: number) => Promise<number>): Promise<number> {
    const block = this.blocks.get(name);
    if (block && block.next + count <= block.end) {
      const first = block.next;
      block.next += count;
      return first;
    }
    const size = Math.max(BLOCK, count);
    const first = await take(size);
    this.blocks.set(name, { next: first + count, end: first + size });
    return first;
  }

  forget(): void {
    this.blocks.clear();
  }
}
