export {
  type BatchDetector,
  type MachineOptions,
  openBatchDetector,
} from './engine/open-batch-detector.ts'
export { type BatchStatus, readStatus } from './engine/read-status.ts'
export { type BatchOptions, runBatch } from './engine/run-batch.ts'
export { type Run, runShard, type ShardOptions, type ShardResult } from './engine/run-shard.ts'
export { BatchError, StoreError } from './errors.ts'
export {
  type Column,
  type ColumnType,
  columnsOf,
  ERROR_COLUMNS,
  FACE_COLUMNS,
  PICTURE_COLUMNS,
  type Row,
} from './part/columns.ts'
export { PARQUET_CREATOR, ParquetRows } from './part/parquet.ts'
export { toErrorRow, toRows } from './part/rows.ts'
export { createPlan, type Plan, type PlanOptions, readPlan } from './plan/plan.ts'
export type { BatchSettings, PartFormat } from './plan/settings.ts'
export type { FailedPicture, PlannedPicture } from './plan/shards.ts'
export {
  fillQueue,
  type WatchOptions,
  watchQueue,
} from './queue/run-on-queue.ts'
export {
  type FailedShard,
  type QueueCounts,
  type ShardJob,
  ShardQueue,
} from './queue/shard-queue.ts'
export { type WorkOptions, workOnQueue } from './queue/work-on-queue.ts'
export { listS3 } from './store/list-s3.ts'
export { openStore } from './store/open-store.ts'
export { isS3Url } from './store/s3-url.ts'
export type { Store, StoredFile } from './store/store.ts'
