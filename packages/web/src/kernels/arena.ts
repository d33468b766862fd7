interface Block {
  readonly start: number
  readonly end: number
}

const alignment = 64

/** Hands out stretches of memory, each at the first place where it fits. */
export class Arena {
  private readonly first: number
  private readonly used: Block[] = []
  private most: number

  /** @param first the lowest address to hand out */
  constructor(first: number) {
    this.first = align(first)
    this.most = this.first
  }

  /** The end of the highest stretch that was ever handed out. */
  get end(): number {
    return this.most
  }

  take(bytes: number): number {
    let start = this.first
    let at = 0
    for (; at < this.used.length; at++) {
      const next = this.used[at]!
      if (next.start - start >= bytes) break
      start = align(next.end)
    }
    const end = start + bytes
    this.used.splice(at, 0, { start, end })
    this.most = Math.max(this.most, end)
    return start
  }

  free(start: number): void {
    const at = this.used.findIndex((block) => block.start === start)
    this.used.splice(at, 1)
  }
}

function align(address: number): number {
  return Math.ceil(address / alignment) * alignment
}
