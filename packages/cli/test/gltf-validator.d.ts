declare module 'gltf-validator' {
  interface Report {
    readonly issues: {
      readonly numErrors: number
      readonly numWarnings: number
      readonly numInfos: number
      readonly messages: readonly { readonly code: string; readonly message: string }[]
    }
    readonly info: {
      readonly totalVertexCount: number
      readonly totalTriangleCount: number
      readonly resources?: readonly { readonly image?: { readonly width: number } }[]
    }
  }
  export function validateBytes(bytes: Uint8Array): Promise<Report>
}
