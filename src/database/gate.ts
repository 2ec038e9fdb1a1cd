/** Lets so many in at a time; the rest wait their turn, and where too many wait, the next is turned away. */
export class Gate {
  private inside = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(
    private readonly places: number,
    private readonly seats: number,
    /** Made for whoever is turned away. */
    private readonly refusal: () => Error,
  ) {}

  async pass<T>(work: () => Promise<T>): Promise<T> {
    if (this.inside < this.places) this.inside += 1;
    else await this.turn();
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      // Whoever comes next takes the place over.
      if (next) next();
      else this.inside -= 1;
    }
  }

  private turn(): Promise<void> {
    if (this.waiting.length >= this.seats) throw this.refusal();
    return new Promise((resolve) => void this.waiting.push(resolve));
  }
}
