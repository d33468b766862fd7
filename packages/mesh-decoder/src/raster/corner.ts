/**
 * How many numbers a triangle's corner has while it is drawn: its place (camera frame; after
 * projection x, y in pixels and 1 / distance), then red, green, blue, then u, v in texture pixels.
 */
export const CORNER = 8
