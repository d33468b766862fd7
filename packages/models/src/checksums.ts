/** Size and SHA-256 of every file of this package, as `update:manifest` found them. */
export const CHECKSUMS = {
  'assets/generated/mnet025.onnx': {
    bytes: 2050952,
    sha256: '2be59af95f2caddff5208b71a0eeed029ebd885ff00f4f194816536914d4fc5b',
  },
  'assets/generated/mnet025-v1.onnx': {
    bytes: 2050952,
    sha256: 'f2f014165a27dd953811c5c0a571854294a79f5fc5a20f58948871dd889cdee1',
  },
  'assets/generated/face-topology.safetensors': {
    bytes: 169036,
    sha256: '02514d6ce5254fd9b02667b9a3a02558adaf7ea1d401d79e08605ddccf902565',
  },
} as const
