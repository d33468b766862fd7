import type { Task } from '../work/picture-job.ts'
import {
  type AlignRouteQuery,
  alignSchema,
  type BlurRouteQuery,
  blurSchema,
  type DetectRouteQuery,
  detectSchema,
  type MeshRouteQuery,
  meshSchema,
  type QuerySchema,
  toDetectOptions,
} from './query.ts'

/** One of the routes that do something with pictures. */
export interface WorkRoute {
  readonly path: string
  readonly summary: string
  readonly query: QuerySchema
  /** In which form a result is sent by its media type, the default first. */
  readonly forms: Readonly<Record<string, Task['as']>>
  /** @param query as the schema let it through */
  toTask(query: never, as: never): Task
}

const pictures = { 'image/jpeg': 'jpeg', 'image/png': 'png', 'image/webp': 'webp' } as const

type As<Kind extends Task['kind']> = Extract<Task, { kind: Kind }>['as']

export const WORK_ROUTES: readonly WorkRoute[] = [
  {
    path: '/v1/detect',
    summary: 'Find faces: as JSON, or the picture with boxes, points and scores drawn',
    query: detectSchema,
    forms: { 'application/json': 'json', ...pictures },
    toTask: ({ mesh, expressions, ...query }: DetectRouteQuery, as: As<'detect'>): Task => {
      const stages = { ...(mesh ? { mesh } : {}), ...(expressions ? { expressions } : {}) }
      return { kind: 'detect', as, detect: { ...toDetectOptions(query), ...stages } }
    },
  },
  {
    path: '/v1/align',
    summary: 'Cut faces out, upright, as ArcFace expects them: as an archive, or JSON with base64',
    query: alignSchema,
    forms: { 'application/zip': 'zip', 'application/json': 'json' },
    toTask: ({ size, format, ...query }: AlignRouteQuery, as: As<'align'>): Task => ({
      ...{ kind: 'align', as, size, format, detect: toDetectOptions(query) },
    }),
  },
  {
    path: '/v1/blur',
    summary: 'Make faces unrecognisable: the picture in its own format or another, or JSON',
    query: blurSchema,
    forms: { 'image/*': 'same', ...pictures, 'application/json': 'json' },
    toTask: ({ style, margin, quality, ...query }: BlurRouteQuery, as: As<'blur'>): Task => ({
      ...{ kind: 'blur', as, style, margin, quality, detect: toDetectOptions(query) },
    }),
  },
  {
    path: '/v1/mesh',
    summary: 'Make the 3D mesh of each face: JSON, a GLB, an archive of GLBs, or drawn',
    query: meshSchema,
    forms: {
      'application/json': 'json',
      'model/gltf-binary': 'glb',
      'application/zip': 'zip',
      ...pictures,
    },
    toTask: ({ texture, refine, face, ...query }: MeshRouteQuery, as: As<'mesh'>): Task => {
      const detect = { ...toDetectOptions(query), mesh: { texture, refine } }
      return { kind: 'mesh', as, texture, face, detect }
    },
  },
]
