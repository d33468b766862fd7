// For authors of platforms and of networks' runtimes: what Node's and the browser's packages are made of.
// It may change between minor versions.

export { shortenMessage } from '@retinaface/mesh-decoder/errors'
export { onAbort, untilAborted } from './cancel/cancel-signal.ts'
export type { DenseLayers, OpenDenseLayers } from './dense/dense-head.ts'
export type { HeadOutputs, HeadProgram } from './dense/head-program.ts'
export type { LinearLayer } from './dense/linear-layer.ts'
export { type DenseFiles, openDenseStages } from './dense/open-dense-stages.ts'
export { detectInOrder, type InOrderOptions } from './detector/detect-in-order.ts'
export { PicturesUnderWay, type PictureWork } from './detector/pictures-under-way.ts'
export type { RetinaFaceParts } from './detector/retinaface.ts'
export { SerialQueue } from './detector/serial-queue.ts'
export type { OnDemand } from './detector/source-on-demand.ts'
export { expectOptions } from './errors/expect-options.ts'
export {
  type FloatTensor,
  importStages,
  resolveStageModules,
  stageNetwork,
} from './face/import-stages.ts'
export { flattenAlpha } from './image/flatten-alpha.ts'
export type { ShrunkenImage } from './image/shrunken-image.ts'
export { listProviders, openOnFirst } from './network/execution-provider.ts'
export type { NetworkParts, NetworkSession } from './network/network.ts'
export { type InputSize, type SampleScaling, writeTensor } from './network/write-tensor.ts'
export type { CallControl, LifeCall, RemotePort, RemoteWorker } from './remote/protocol.ts'
export { type Postable, RemoteDetector, type RemoteParts } from './remote/remote-detector.ts'
export { type CallContext, serveCalls } from './remote/serve-calls.ts'
export { serveDetector } from './remote/serve-detector.ts'
export { type SeatParts, WorkerSeat } from './remote/worker-seat.ts'
export type { ShrinkPlan } from './views/plan-shrink.ts'
