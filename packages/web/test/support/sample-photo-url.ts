const folder = '../../node_modules/@vladmandic/face-api/demo/'

/** Where the tests' server has a photograph of people at tables, 1920×1280. */
export function samplePhotoUrl(number: 1 | 2 | 3 | 4 | 5 | 6): string {
  return new URL(`${folder}sample${number}.jpg`, import.meta.url).href
}
