/** A picture that comes with the site. */
export interface Sample {
  readonly name: string
  readonly url: string
}

const folder = `${import.meta.env.BASE_URL}samples/`

/** Drawn by `scripts/draw-samples.ts`: nobody's faces. */
export const SAMPLES: readonly Sample[] = [
  { name: 'a crowd', url: `${folder}crowd.jpg` },
  { name: 'one face', url: `${folder}portrait.jpg` },
  { name: 'a row of four', url: `${folder}row.jpg` },
]
