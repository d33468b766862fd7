/** What one request holds of the {@link MemoryBudget}. */
export interface Account {
  /** @throws {BusyError} if it is more than is left */
  take(bytes: number): void
  /** Gives all back; taking more does nothing then. */
  close(): void
}

/** The bytes of pictures that all requests hold together. */
export class MemoryBudget {
  private free: number
  private readonly refuse: () => Error

  /** @param refuse what taking more than there is throws */
  constructor(bytes: number, refuse: () => Error) {
    this.free = bytes
    this.refuse = refuse
  }

  open(): Account {
    let held = 0
    let isOpen = true
    return {
      take: (bytes) => {
        if (!isOpen) return
        if (bytes > this.free) throw this.refuse()
        this.free -= bytes
        held += bytes
      },
      close: () => {
        isOpen = false
        this.free += held
        held = 0
      },
    }
  }
}
