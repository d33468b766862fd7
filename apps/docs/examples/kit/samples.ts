/** A picture that comes with the site. */
export interface Sample {
  readonly name: string
  readonly url: string
  /** The same, 132×88, for a button. */
  readonly small: string
}

const folder = `${import.meta.env.BASE_URL}samples/`

/** Two photographs in the public domain (NASA, US Navy), and faces that `scripts/draw-samples.ts` made up. */
export const SAMPLES: readonly Sample[] = [
  sample('one face', 'portrait'),
  sample('glasses', 'officer'),
  sample('a drawn crowd', 'crowd'),
]

function sample(name: string, file: string): Sample {
  return { name, url: `${folder}${file}.jpg`, small: `${folder}${file}-small.jpg` }
}
