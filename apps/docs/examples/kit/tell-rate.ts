import { countFaces } from './count-faces.ts'

// What is said is read aloud.
const secondsBetween = 3

/** Says how many faces there are and how many pictures a second were looked at: at first, and every 3 s. */
export function tellRate(say: (text: string) => void): (faces: number, time: number) => void {
  let since: number | undefined
  let pictures = 0
  return (faces, time) => {
    if (since === undefined) {
      since = time
      return say(countFaces(faces))
    }
    pictures += 1
    const seconds = time - since
    if (seconds < secondsBetween) return
    say(`${countFaces(faces)}, ${(pictures / seconds).toFixed(0)} pictures a second`)
    since = time
    pictures = 0
  }
}
