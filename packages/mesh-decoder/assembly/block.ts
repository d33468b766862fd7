/** Bytes that one instruction works on: four numbers. */
export const BLOCK: usize = 16
