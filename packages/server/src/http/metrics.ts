import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Outcome } from '../work/picture-job.ts'

const seconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]

/** What is counted before it is read. */
export interface Gauges {
  readonly waiting: () => number
  readonly busy: () => number
}

/** What Prometheus is told, all names beginning with `retinaface_` but those of the process. */
export class Metrics {
  readonly registry: Registry = new Registry()
  private readonly queued: Histogram
  private readonly decoding: Histogram
  private readonly inference: Histogram
  private readonly faces: Counter
  private readonly pictures: Counter<'task' | 'outcome'>
  private readonly rejections: Counter<'reason'>
  private readonly requests: Histogram<'route' | 'status'>
  private readonly lost: Counter

  constructor({ waiting, busy }: Gauges) {
    const registers = [this.registry]
    collectDefaultMetrics({ register: this.registry })
    const histogram = (name: string, help: string) =>
      new Histogram({ name, help, registers, buckets: seconds })
    this.gauge('retinaface_queue_pictures', 'Pictures that wait for a worker', waiting)
    this.gauge('retinaface_busy_workers', 'Workers that are at a picture', busy)
    this.queued = histogram('retinaface_queue_seconds', 'Time that pictures wait for a worker')
    this.decoding = histogram('retinaface_decoding_seconds', 'Time of decoding a picture')
    this.inference = histogram('retinaface_inference_seconds', "Time of a picture's networks")
    const faces = { name: 'retinaface_faces_total', help: 'Faces that were found', registers }
    this.faces = new Counter(faces)
    this.pictures = new Counter({
      ...{ name: 'retinaface_pictures_total', help: 'Pictures by task and what became of them' },
      ...{ labelNames: ['task', 'outcome'], registers },
    })
    this.rejections = new Counter({
      ...{ name: 'retinaface_rejections_total', help: 'Requests that were refused, by reason' },
      ...{ labelNames: ['reason'], registers },
    })
    this.requests = new Histogram({
      ...{ name: 'retinaface_request_seconds', help: 'Time of requests', buckets: seconds },
      ...{ labelNames: ['route', 'status'], registers },
    })
    const lost = { name: 'retinaface_lost_workers_total', help: 'Workers that were replaced' }
    this.lost = new Counter({ ...lost, registers })
  }

  started(waitedSeconds: number): void {
    this.queued.observe(waitedSeconds)
  }

  done(task: string, { faces, seconds }: Outcome): void {
    this.pictures.inc({ task, outcome: 'done' })
    this.faces.inc(faces.length)
    this.decoding.observe(seconds.decoding)
    this.inference.observe(seconds.inference)
  }

  failed(task: string): void {
    this.pictures.inc({ task, outcome: 'failed' })
  }

  rejected(reason: string): void {
    this.rejections.inc({ reason })
  }

  answered(route: string, status: number, seconds: number): void {
    this.requests.observe({ route, status: String(status) }, seconds)
  }

  lostWorker(): void {
    this.lost.inc()
  }

  private gauge(name: string, help: string, read: () => number): void {
    const registers = [this.registry]
    new Gauge({
      ...{ name, help, registers },
      collect() {
        this.set(read())
      },
    })
  }
}
