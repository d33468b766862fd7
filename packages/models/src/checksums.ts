/** Size and SHA-256 of every file of this package, as `update:manifest` found them. */
export const CHECKSUMS = {
  'assets/generated/mnet025.onnx': {
    bytes: 2051112,
    sha256: '96018fdffe74f15789408825e17cfc242cfad6f799be527241fc9326cc6faca7',
  },
  'assets/generated/mnet025-slim.onnx': {
    bytes: 1980315,
    sha256: '4095731f54310919de3dfc80c1d19334c9bbf114da477fe46239032c98bcd25c',
  },
  'assets/generated/mnet025-int8.onnx': {
    bytes: 553268,
    sha256: '8d0d264a08fea297407afdcabc0f3e9d878dd7735cbb1919ab9961d40edd747f',
  },
  'assets/generated/mnet025-v1.onnx': {
    bytes: 2051112,
    sha256: 'fe386f3e3bb54f6aafcb65f992b55a06cc65dd79758f0fc2788d8c3a43563ad5',
  },
  'assets/generated/face-topology.safetensors': {
    bytes: 169036,
    sha256: '02514d6ce5254fd9b02667b9a3a02558adaf7ea1d401d79e08605ddccf902565',
  },
  'weights/mesh-decoder.safetensors': {
    bytes: 536064,
    sha256: '3797fa2196690c9c3ac0cd3073fa29f26eb11149a4f94a7ce4404735da58110c',
  },
  'weights/mnet025-dense-head.safetensors': {
    bytes: 1040318,
    sha256: '723d6911e57132f0db67496fcf9641487ff045eb17825707d2facb6708969c6f',
  },
} as const
