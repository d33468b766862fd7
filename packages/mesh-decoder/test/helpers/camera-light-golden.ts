import golden from '../goldens/camera-light.json' with { type: 'json' }

/** The triangles of every golden mesh. */
export const goldenFaces: Int32Array = Int32Array.from(golden.faces)

/** Goldens of camera and light, written by goldens/make_camera_light.py. */
export const goldenCases: typeof golden.cases = golden.cases
