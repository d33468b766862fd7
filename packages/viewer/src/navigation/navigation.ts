/** How a scene is looked about in; amounts are those of one press of a key or drag. */
export interface Navigation {
  /** Turns, or moves the picture, by steps to the right and upwards. */
  turn(right: number, up: number): void
  /** Comes closer by a factor. */
  zoom(factor: number): void
  setEnabled(enabled: boolean): void
  dispose(): void
}
