import type { ModelConfiguration } from './model-configuration.ts'
import { Network, type NetworkSession } from './network.ts'

/** A session and what decodes its outputs. */
export interface NetworkParts {
  readonly session: NetworkSession
  readonly configuration: ModelConfiguration
}

/** Networks of the same detector that give more or less than the first, opened when first needed. */
export interface NetworkVariants {
  /** Gives out context features and what meshes read. Where there is none, the first network does. */
  readonly features?: () => Promise<NetworkParts>
  /** Gives out the maps that meshes read and no features. Default: {@link features} does. */
  readonly meshes?: (maps: readonly string[]) => Promise<NetworkParts>
  /** Lacks the finest level: looks for faces of at least `minFaceSize` pixels of its input. */
  readonly coarse?: { readonly minFaceSize: number; readonly open: () => Promise<NetworkParts> }
}

/** What one pass asks of the network. */
export interface PassNeeds {
  /** Context features. */
  readonly features: boolean
  /** The maps that meshes read, by their names in the network; none without meshes. */
  readonly maps: readonly string[]
  /** Smaller faces do not count; in pixels of the network's input. */
  readonly minFaceSize: number
}

/** The networks of one detector. */
export class Networks {
  private readonly first: Network
  private readonly variants: NetworkVariants
  private readonly opened = new Map<keyof NetworkVariants, Promise<Network>>()

  /** @throws {ModelMismatchError} when the first session does not fit its configuration. */
  constructor({ session, configuration }: NetworkParts, variants: NetworkVariants = {}) {
    this.first = new Network(session, configuration)
    this.variants = variants
  }

  /** That of the first network; the others differ in what they give out, not in what it means. */
  get configuration(): ModelConfiguration {
    return this.first.configuration
  }

  /** Whether one of them gives out context features. */
  get givesFeatures(): boolean {
    return this.variants.features !== undefined || this.first.givesFeatures
  }

  /**
   * The network that does what is needed with the least work.
   *
   * @throws {ModelMismatchError} or what opening one throws, which is tried again the next time.
   */
  async choose({ features, maps, minFaceSize }: PassNeeds): Promise<Network> {
    const { features: openFeatures, meshes: openMeshes, coarse } = this.variants
    const readsMaps = maps.length > 0
    if (readsMaps && !features && openMeshes) return this.open('meshes', () => openMeshes(maps))
    if (features || readsMaps) {
      return openFeatures ? this.open('features', openFeatures) : this.first
    }
    if (coarse && minFaceSize >= coarse.minFaceSize) return this.open('coarse', coarse.open)
    return this.first
  }

  /** Frees every network that was opened. */
  async release(): Promise<void> {
    const opened = await Promise.allSettled(this.opened.values())
    const networks = opened.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
    await Promise.all([this.first, ...networks].map((network) => network.release()))
  }

  private open(
    variant: keyof NetworkVariants,
    load: () => Promise<NetworkParts>,
  ): Promise<Network> {
    const known = this.opened.get(variant)
    if (known) return known
    const opening = load().then(fit)
    this.opened.set(variant, opening)
    opening.catch(() => this.opened.delete(variant))
    return opening
  }
}

/** Frees a session that does not fit its configuration. */
async function fit({ session, configuration }: NetworkParts): Promise<Network> {
  try {
    return new Network(session, configuration)
  } catch (error) {
    await session.release()
    throw error
  }
}
