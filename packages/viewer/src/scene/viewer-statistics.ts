/** What drawing costs. */
export interface ViewerStatistics {
  /** Pictures drawn so far. */
  readonly frames: number
  /** Milliseconds of the page's thread that the last picture took; a graphics card works on alone. */
  readonly frameMilliseconds: number
  /** Of the last picture. */
  readonly drawCalls: number
  readonly triangles: number
  /** In WebGL's memory now; 0 for the software rasteriser. */
  readonly geometries: number
  readonly textures: number
  readonly programs: number
}
