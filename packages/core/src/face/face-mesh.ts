/**
 * The mesh of a face: 1,833 vertices, the first 468 being MediaPipe's, in their order.
 *
 * `canonical` and `colors` are computed when they are first read, by `structuredClone` and JSON too;
 * `triangles` and `uv` are the same arrays in every mesh.
 */
export interface FaceMesh {
  /**
   * [vertices, 3] x, y and depth in pixels of the upright picture. Depth is 0 at the head's origin
   * and smaller nearer the camera.
   */
  readonly positions: Float32Array
  /** [vertices, 3] in the head's own canonical frame, centimetres. */
  readonly canonical: Float32Array
  /**
   * [vertices, 3] red, green and blue, sRGB-encoded, 0..1: the model's reflectance (unlit), or what
   * the photograph shows where `texture: 'image'` was asked for.
   */
  readonly colors: Float32Array
  /** [vertices, 3] unit normals in the canonical frame, when `normals` was asked for. */
  readonly normals?: Float32Array
  /** [triangles, 3] vertex indices, counter-clockwise as seen from outside. */
  readonly triangles: Int32Array
  /** [vertices, 2] texture coordinates, origin at the top left, v down. */
  readonly uv: Float32Array
}
