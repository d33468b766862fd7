/** Name, size and SHA-256 of every file of this package, as `update:manifest` found them. */
export const CHECKSUMS = {
  'assets/generated/mnet025.onnx': {
    file: 'mnet025.onnx',
    bytes: 2069522,
    sha256: 'c025eb965ed03e61fb3ac911dddf05a3254b2f170af2a710b70b52c842113d31',
  },
  'assets/generated/mnet025-slim.onnx': {
    file: 'mnet025-slim.onnx',
    bytes: 1998725,
    sha256: '2cc01989dda698c9ce99d23d68fbe90dd0b98303eced50a57448dd4c099ae68a',
  },
  'assets/generated/mnet025-int8.onnx': {
    file: 'mnet025-int8.onnx',
    bytes: 553268,
    sha256: '8d0d264a08fea297407afdcabc0f3e9d878dd7735cbb1919ab9961d40edd747f',
  },
  'assets/generated/mnet025-v1.onnx': {
    file: 'mnet025-v1.onnx',
    bytes: 2050952,
    sha256: 'f2f014165a27dd953811c5c0a571854294a79f5fc5a20f58948871dd889cdee1',
  },
  'assets/generated/mnet025-lean.onnx': {
    file: 'mnet025-lean.onnx',
    bytes: 1440777,
    sha256: '9f9940ebff3e9a129feefe318864b6536f8928d3c7b46f53cbbd97af2fb0e054',
  },
  'assets/generated/face-topology.safetensors': {
    file: 'face-topology.safetensors',
    bytes: 169036,
    sha256: '02514d6ce5254fd9b02667b9a3a02558adaf7ea1d401d79e08605ddccf902565',
  },
  'weights/expression-targets.safetensors': {
    file: 'expression-targets.safetensors',
    bytes: 147200,
    sha256: '1e4de5906228980f80df0d73622fae64367d416b18c39987a5f79c9f85f0cdd6',
  },
  'weights/mesh-decoder.safetensors': {
    file: 'mesh-decoder.safetensors',
    bytes: 532520,
    sha256: '2c8813bc29e36c2b9158fa00d2a1fa42bc69a26134546cd7a26a30b766f06ea8',
  },
  'weights/mnet025-dense-head.safetensors': {
    file: 'mnet025-dense-head.safetensors',
    bytes: 418712,
    sha256: 'a0bec72eb1d13a696ecc2c2b99b6743f1f696706ebda55cb541ca06bbdb9d737',
  },
  'weights/mnet025-lean-dense-head.safetensors': {
    file: 'mnet025-lean-dense-head.safetensors',
    bytes: 418704,
    sha256: 'a2706a1f05c6ef9caf577e8880981cb309ed38e70c9f246a480a201626679b0c',
  },
  'weights/mnet025-lean-neck.safetensors': {
    file: 'mnet025-lean-neck.safetensors',
    bytes: 293552,
    sha256: 'c52a80e633d23d5dd28edfff9bd76613e992b5660b977817a0f69707da3ff89d',
  },
  'weights/retinaface-500m-dense-head.safetensors': {
    file: 'retinaface-500m-dense-head.safetensors',
    bytes: 4717616,
    sha256: '633596ee0f0f34e17b7389f94b00288e04deca03981a9b8dc78b8bd0be68b294',
  },
  'weights/retinaface-500m-expressions.safetensors': {
    file: 'retinaface-500m-expressions.safetensors',
    bytes: 67028,
    sha256: 'c93ad344cfbc7b6b80f035cc85c2ecc200fa1df61b8db3261518a9cbb999cb7c',
  },
  'weights/retinaface-500m-int8.onnx': {
    file: 'retinaface-500m-int8.onnx',
    bytes: 269241,
    sha256: '77defc6d2fa5441e5505a23c8645be978fe79049061198466abe6feecf860d9c',
  },
  'weights/retinaface-500m-landmarks.safetensors': {
    file: 'retinaface-500m-landmarks.safetensors',
    bytes: 253280,
    sha256: '137feeb05079257763f20d20dc925c0c5d9d08db26bbecbc65d9046ceb220ab3',
  },
  'weights/retinaface-500m.onnx': {
    file: 'retinaface-500m.onnx',
    bytes: 616664,
    sha256: 'ffe8f9ae683bcf52294a2da931eca3552de58ff6f295ff97ea95fe02c4388d96',
  },
} as const
