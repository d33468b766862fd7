export { onnxruntime } from './onnxruntime-provider.ts'
export {
  type OpenedNetwork,
  type OpenNetworkOptions,
  type OwnFile,
  openNetworkFile,
} from './open-network-file.ts'
