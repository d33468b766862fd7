/** "No face", "1 face", "12 faces". */
export function countFaces(count: number): string {
  return count === 0 ? 'No face' : count === 1 ? '1 face' : `${count} faces`
}

/** "84 ms", "1.3 s". */
export function formatTime(milliseconds: number): string {
  return milliseconds < 1000
    ? `${Math.round(milliseconds)} ms`
    : `${(milliseconds / 1000).toFixed(1)} s`
}
