/** How far the loading of a detector is. */
export type LoadProgress =
  | {
      readonly stage: 'download'
      /** Bytes of the model that have arrived. */
      readonly loaded: number
      /** Bytes of the model in all, where that is known. */
      readonly total?: number
    }
  | {
      /** The runtime and the network are being compiled, or both are ready. */
      readonly stage: 'compile' | 'ready'
    }
